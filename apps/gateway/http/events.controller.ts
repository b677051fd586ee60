// The live stream to a person's pages (server-sent events), resumable after the last notice that they have.
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Account } from '#domain/accounts';
import { Inbox, LiveFeed } from '#domain/notices';
import { Stream } from './call.js';
import { EventStreams } from './event-streams.js';
import { By, QueryOf } from './inputs.js';
import { LiveStream } from './live-stream.js';

const afterQuery = z.object({ after: z.coerce.number().int().min(0).optional() });

@Controller()
export class EventsController {
  constructor(
    private readonly feed: LiveFeed,
    private readonly inbox: Inbox,
    private readonly streams: EventStreams,
  ) {}

  @Stream('events')
  async open(
    @QueryOf(afterQuery) query: z.output<typeof afterQuery>,
    @By() by: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.streams.open(request, reply, writer => {
      const after = lastEventId(request) ?? query.after ?? null;
      const { unsubscribe, caughtUp } = LiveStream.open(this.feed, this.inbox, writer, by, after);
      // Who could not be told what was missed comes back and asks again.
      caughtUp.catch(() => writer.end());
      return unsubscribe;
    });
  }
}

function lastEventId({ headers }: FastifyRequest): number | undefined {
  const text = headers['last-event-id'];
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
