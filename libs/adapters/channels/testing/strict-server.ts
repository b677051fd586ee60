// A provider for tests that believes nothing: what is not as its protocol wants it is refused, and the reason kept.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** @throws Error that says what is wrong with the call. @returns the id by which its receiver knows it again */
export type Check = (call: Call) => string;

export class StrictServer {
  readonly calls: Call[] = [];
  /** What was genuine, by its id. */
  readonly taken: string[] = [];
  readonly faults: string[] = [];
  /** How the next genuine calls are answered. */
  answer: (response: ServerResponse) => void = response => response.writeHead(204).end();
  private readonly server: Server;

  constructor(check: Check) {
    this.server = createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method = '', url: path = '', headers } = request;
      const call = { method, path, headers, body: Buffer.concat(chunks) };
      this.calls.push(call);
      try {
        this.taken.push(check(call));
      } catch (fault) {
        this.faults.push(String(fault));
        response.writeHead(401).end();
        return;
      }
      this.answer(response);
    });
  }

  async open(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise(resolve => this.server.close(resolve));
  }

  /** The ways in which every HTTP provider can misbehave. */
  get behaviours() {
    const status = (code: number, headers = {}) => {
      this.answer = response => response.writeHead(code, headers).end();
    };
    return {
      taken: () => [...this.taken],
      accepts: () => status(200),
      refuses: () => status(403),
      postpones: (afterS?: number) => status(429, afterS === undefined ? {} : { 'retry-after': `${afterS}` }),
      fails: () => status(503),
      hangs: () => {
        this.answer = () => {};
      },
      babbles: () => {
        this.answer = response => {
          response.writeHead(200);
          const babble = () => response.destroyed || response.write('x'.repeat(1_000), babble);
          babble();
        };
      },
      lies: () => {
        this.answer = response => response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n\r\n');
      },
      dies: () => this.close(),
      close: () => this.close(),
    };
  }
}

/** For checks: what does not hold is why a call is refused. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}
