// The far end of a webhook: keeps what is posted to it, and checks a signature as docs/webhooks.md tells receivers to.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { noticeStepSchema } from '#codecs/api';

const eventSchema = z.object({
  id: z.string(),
  subject: z.string(),
  data: z.object({ step: noticeStepSchema, number: z.number() }),
});

export interface Posted {
  readonly signature: string;
  readonly body: string;
  /** What came of it: the status that it was answered with. */
  readonly status: number;
  readonly event: z.infer<typeof eventSchema>;
}

export class WebhookReceiver {
  readonly posted: Posted[] = [];
  /** The status that a post is answered with. */
  answer: (event: Posted['event']) => number = () => 204;

  private constructor(private readonly server: Server) {
    server.on('request', async (request, response: ServerResponse) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      const event = eventSchema.parse(JSON.parse(body));
      const status = this.answer(event);
      const signature = String(request.headers['airbind-signature']);
      this.posted.push({ signature, body, status, event });
      response.writeHead(status).end();
    });
  }

  static async open(): Promise<WebhookReceiver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WebhookReceiver(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  /** What was taken, in the order of its arrival. */
  get taken(): readonly Posted[] {
    return this.posted.filter(({ status }) => status < 300);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

export function isGenuine({ body, signature }: Pick<Posted, 'body' | 'signature'>, secret: string): boolean {
  const { t, v1 = '' } = Object.fromEntries(signature.split(',').map(part => part.split('=')));
  const expected = createHmac('sha256', secret).update(`${t}.${body}`).digest();
  const given = Buffer.from(v1, 'hex');
  const isRecent = Math.abs(Date.now() / 1000 - Number(t)) < 300;
  return isRecent && given.length === expected.length && timingSafeEqual(given, expected);
}
