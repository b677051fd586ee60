// A webhook receiver and an ntfy server that now and then answer late or refuse to, and know which process called.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { until } from './condition.js';

/** What was answered with 2xx, or would have been, had the caller lived to hear it. */
export interface Received {
  /** Of the delivery, as the receiver gets to know it: see `keysOf`. */
  readonly key: string;
  readonly process: number;
}

/** Every so many calls, one is answered with 503, and another late. */
const every = { failing: 5, late: 3 };
/** Much shorter than the gateway waits for, and long enough for a kill to fall into it. */
const lateMs = 400;

const bodySchema = z.union([
  z.object({ sequence_id: z.string() }).transform(({ sequence_id }) => sequence_id),
  z.object({ id: z.string() }).transform(({ id }) => id),
]);

/** The two ways in which a receiver may be told the id of a delivery: as it is, and as ntfy's sequence. */
export function keysOf(deliveryId: string): readonly string[] {
  return [deliveryId, createHash('sha256').update(deliveryId).digest('base64url')];
}

export class UnrulyReceivers {
  readonly received: Received[] = [];
  /** Calls so far, whatever became of them. */
  calls = 0;
  /** Counts the processes of the gateway. */
  process = 1;
  isUnruly = true;
  /** From this call on nobody is answered: a kill then meets what was taken and is not known to be. */
  silentFrom = Number.POSITIVE_INFINITY;

  private constructor(private readonly server: Server) {
    server.on('request', async (request, response: ServerResponse) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      await this.answer(bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString())), response);
    });
  }

  static async open(): Promise<UnrulyReceivers> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new UnrulyReceivers(server);
  }

  get webhook(): string {
    return `${this.origin}/hook`;
  }

  get topic(): string {
    return `${this.origin}/alarms-of-lan`;
  }

  /** Resolves when nothing of the process that was killed is on its way any more; what comes then is of the next. */
  async outliveProcess(): Promise<void> {
    await until('every connection of the dead process is over', () => this.connections().then(n => n === 0));
    this.process++;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async answer(key: string, response: ServerResponse): Promise<void> {
    const call = ++this.calls;
    const isSilent = call >= this.silentFrom;
    if (this.isUnruly && !isSilent && call % every.failing === 0) {
      response.writeHead(503).end();
      return;
    }
    this.received.push({ key, process: this.process });
    if (isSilent) return;
    if (this.isUnruly && call % every.late === 0) await delay(lateMs);
    response.writeHead(204).end();
  }

  private connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.server.getConnections((fault, count) => (fault ? reject(fault) : resolve(count))),
    );
  }

  private get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
}
