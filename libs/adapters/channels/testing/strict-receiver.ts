// A webhook's receiver for tests that believes nothing: it checks the signature as docs/webhooks.md tells receivers to.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly isGenuine: boolean;
}

export class StrictReceiver {
  readonly calls: Call[] = [];
  /** How the next calls are answered. */
  answer: (response: ServerResponse) => void = response => response.writeHead(204).end();
  private readonly server: Server;

  constructor(
    private readonly secret: string,
    private readonly nowMs: () => number,
  ) {
    this.server = createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      const { method = '', headers } = request;
      const isGenuine = this.verify(String(headers['airbind-signature']), body);
      this.calls.push({ method, headers, body, isGenuine });
      if (isGenuine) this.answer(response);
      else response.writeHead(401).end();
    });
  }

  async open(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook?of=me`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise(resolve => this.server.close(resolve));
  }

  private verify(header: string, body: string): boolean {
    const { t = '', v1 = '' } = Object.fromEntries(header.split(',').map(part => part.split('=')));
    const expected = createHmac('sha256', this.secret).update(`${t}.${body}`).digest();
    const given = Buffer.from(v1, 'hex');
    const isRecent = Math.abs(this.nowMs() / 1000 - Number(t)) < 300;
    return isRecent && given.length === expected.length && timingSafeEqual(given, expected);
  }
}
