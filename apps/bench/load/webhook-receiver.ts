// The far end of webhooks: notes when each alarm first reached it.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class WebhookReceiver {
  /** Posts so far, of every kind. */
  posts = 0;
  private readonly raisedAt = new Map<string, number>();
  private readonly server: Server = createServer((request, response) => {
    // A request is handed over with its first bytes, before its body: this is the moment that counts.
    const at = performance.now();
    this.posts += 1;
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      response.writeHead(204).end();
      const deviceId = /"deviceId":"([^"]+)"/.exec(body)?.[1] ?? '';
      if (body.includes('"step":"raised"') && !this.raisedAt.has(deviceId)) this.raisedAt.set(deviceId, at);
    });
  });

  /** @returns its URL. */
  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  /** On the clock of `performance.now()`; undefined as long as nothing came. */
  arrivalOf(deviceId: string): number | undefined {
    return this.raisedAt.get(deviceId);
  }
}
