// The live stream to a person's pages (server-sent events), resumable after the last notice that they have.
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Account } from '#domain/accounts';
import { Inbox, LiveFeed } from '#domain/notices';
import { Stream } from './call.js';
import { EventWriter } from './event-writer.js';
import { By, QueryOf } from './inputs.js';
import { LiveStream } from './live-stream.js';
import { OpenStreams } from './open-streams.js';
import { SessionWatch } from './session-watch.js';

const afterQuery = z.object({ after: z.coerce.number().int().min(0).optional() });

@Controller()
export class EventsController {
  constructor(
    private readonly feed: LiveFeed,
    private readonly inbox: Inbox,
    private readonly streams: OpenStreams,
    private readonly sessionWatch: SessionWatch,
  ) {}

  @Stream('events', 'person')
  async open(
    @QueryOf(afterQuery) { after }: z.output<typeof afterQuery>,
    @By() by: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const writer = new EventWriter(begin(reply));
    const end = () => writer.end();
    const { unsubscribe, caughtUp } = LiveStream.open(
      this.feed,
      this.inbox,
      writer,
      by,
      lastEventId(request) ?? after ?? null,
    );
    const hash = request.caller?.sessionHash;
    const closers = [
      unsubscribe,
      this.streams.add(end),
      hash ? this.sessionWatch.start(hash, end) : () => {},
    ];
    reply.raw.once('close', () => {
      for (const close of closers) close();
    });
    await caughtUp;
  }
}

/** Takes the connection out of the framework's hands, headers and all. */
function begin(reply: FastifyReply) {
  reply.header('content-type', 'text/event-stream; charset=utf-8');
  reply.header('cache-control', 'no-store');
  // A proxy that collects answers would hold every event back.
  reply.header('x-accel-buffering', 'no');
  reply.hijack();
  reply.raw.writeHead(
    200,
    Object.entries(reply.getHeaders()).flatMap(([name, value]) => [name, String(value)]),
  );
  return reply.raw;
}

function lastEventId({ headers }: FastifyRequest): number | undefined {
  const text = headers['last-event-id'];
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
