// What a person's open page hears: the server-sent events of the gateway, as they arrive.
import { apiPrefix, liveEvents, type NoticeView, streams } from '#codecs/api';
import type { Caller } from './caller.js';

export interface HeardNotice {
  readonly notice: NoticeView;
  /** By the monotonic clock of this process. */
  readonly heardAtMs: number;
}

export class LivePage {
  readonly notices: HeardNotice[] = [];
  private readonly listeners = new Set<(heard: HeardNotice) => void>();
  private readonly leaving = new AbortController();

  private constructor() {}

  static async open({ origin, headers }: Caller): Promise<LivePage> {
    const page = new LivePage();
    const response = await fetch(new URL(`${apiPrefix}${streams.events}`, origin), {
      headers: { ...headers, accept: 'text/event-stream' },
      signal: page.leaving.signal,
    });
    if (!response.ok || response.body === null)
      throw new Error(`the live stream answered ${response.status}`);
    page.read(response.body).catch(() => {});
    return page;
  }

  onNotice(listener: (heard: HeardNotice) => void): void {
    this.listeners.add(listener);
  }

  /** The first notice that fits, heard already or still to come. */
  heard(fits: (notice: NoticeView) => boolean): Promise<HeardNotice> {
    const known = this.notices.find(({ notice }) => fits(notice));
    if (known) return Promise.resolve(known);
    return new Promise(resolve => {
      const listener = (heard: HeardNotice) => {
        if (!fits(heard.notice)) return;
        this.listeners.delete(listener);
        resolve(heard);
      };
      this.listeners.add(listener);
    });
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
      for (const event of events) this.hear(event);
    }
  }

  private hear(event: string): void {
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(event)?.[1];
    const data = field('data');
    if (field('event') !== 'notice' || data === undefined) return;
    const heard = { notice: liveEvents.notice.parse(JSON.parse(data)), heardAtMs: performance.now() };
    this.notices.push(heard);
    for (const listener of this.listeners) listener(heard);
  }
}
