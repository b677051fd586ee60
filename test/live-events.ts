// Everything that a person's open page hears, in its order.
import { apiPrefix, streams } from '#codecs/api';
import type { Person } from './person.js';

export interface LiveEvent {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export class LiveEvents {
  readonly heard: LiveEvent[] = [];
  private readonly leaving = new AbortController();

  /** Resolves when the stream is open. */
  static async of({ door, sessionToken }: Person): Promise<LiveEvents> {
    const page = new LiveEvents();
    const response = await fetch(door.url + apiPrefix + streams.events, {
      headers: { authorization: `Bearer ${sessionToken}` },
      signal: page.leaving.signal,
    });
    if (!response.ok || response.body === null) throw new Error(`the stream answered ${response.status}`);
    page.read(response.body).catch(() => {});
    return page;
  }

  named(name: string): LiveEvent[] {
    return this.heard.filter(event => event.name === name);
  }

  close(): void {
    this.leaving.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) this.take(event);
    }
  }

  private take(event: string): void {
    const [, name = '', data = ''] = /^event: (.*)\ndata: (.*)$/m.exec(event) ?? [];
    if (name !== '') this.heard.push({ name, data: JSON.parse(data) });
  }
}
