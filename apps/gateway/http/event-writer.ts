// Server-sent events on one connection: written as they come, and cut when the reader does not read.
import type { ServerResponse } from 'node:http';

/** Unread output that a page may leave; past it the connection ends, and the page comes back and resumes. */
const unreadBytes = 256 * 1024;
const heartbeatMs = 15_000;
/** How soon a browser comes back after a cut. */
const comeBackMs = 1_000;

export class EventWriter {
  private readonly heartbeat: NodeJS.Timeout;

  constructor(private readonly response: ServerResponse) {
    this.write(`retry: ${comeBackMs}\n\n`);
    this.heartbeat = setInterval(() => this.write(': alive\n\n'), heartbeatMs);
    response.once('close', () => clearInterval(this.heartbeat));
  }

  /** `id` is what the browser names when it comes back. */
  event({ name, data }: { readonly name: string; readonly data: unknown }, id?: number): void {
    const idLine = id === undefined ? '' : `id: ${id}\n`;
    this.write(`${idLine}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** From here on the browser resumes after `id`, though nothing was told yet. */
  mark(id: number): void {
    this.write(`id: ${id}\n\n`);
  }

  end(): void {
    clearInterval(this.heartbeat);
    this.response.end();
  }

  private write(text: string): void {
    if (this.response.destroyed || this.response.writableEnded) return;
    this.response.write(text);
    if (this.response.writableLength > unreadBytes) this.response.destroy();
  }
}
