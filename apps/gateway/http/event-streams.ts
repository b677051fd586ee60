// Opens streams of server-sent events: each ends with its connection, its session, or the gateway.
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventWriter } from './event-writer.js';
import { OpenStreams } from './open-streams.js';
import { SessionWatch } from './session-watch.js';

@Injectable()
export class EventStreams {
  constructor(
    private readonly streams: OpenStreams,
    private readonly sessionWatch: SessionWatch,
  ) {}

  /** @param begin starts what writes; @returns what ends that */
  open(request: FastifyRequest, reply: FastifyReply, begin: (writer: EventWriter) => () => void): void {
    const writer = new EventWriter(takenOver(reply));
    const end = () => writer.end();
    const hash = request.caller?.sessionHash;
    const closers = [
      begin(writer),
      this.streams.add(end),
      hash ? this.sessionWatch.start(hash, end) : () => {},
    ];
    reply.raw.once('close', () => {
      for (const close of closers) close();
    });
  }
}

/** Takes the connection out of the framework's hands, headers and all. */
function takenOver(reply: FastifyReply) {
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
