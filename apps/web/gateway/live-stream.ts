// The live stream of the gateway, held open: the browser resumes it, and we begin anew where the browser gives up.
import { apiPrefix, streams } from '#codecs/api';
import { type LiveEvent, liveEventNames, readLiveEvent } from './live-cache.js';

/** `lost`: what is on screen may be old. */
export type LiveState = 'connecting' | 'open' | 'lost';

/** The part of EventSource that is used here. */
export interface Source {
  readonly readyState: number;
  addEventListener(name: string, listener: (event: { data: string }) => void): void;
  close(): void;
}

export interface LiveListener {
  event(event: LiveEvent): void;
  state(state: LiveState): void;
}

const closed = 2;
const reopenAfterMs = [1_000, 2_000, 5_000, 10_000];

/** Resumption by Last-Event-ID is the browser's own work. Returns the way to end the stream. */
export function openLiveStream(
  listener: LiveListener,
  makeSource: (url: string) => Source = url => new EventSource(url),
): () => void {
  let source: Source;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const open = () => {
    const mine = makeSource(apiPrefix + streams.events);
    source = mine;
    mine.addEventListener('open', () => {
      failures = 0;
      listener.state('open');
    });
    mine.addEventListener('error', () => {
      listener.state('lost');
      // After an answer that is no stream (a restart behind a proxy, an ended session) the browser stops trying.
      if (mine.readyState !== closed) return;
      mine.close();
      timer = setTimeout(open, reopenAfterMs[Math.min(failures, reopenAfterMs.length - 1)]);
      failures += 1;
    });
    for (const name of liveEventNames) {
      mine.addEventListener(name, ({ data }) => {
        const event = readLiveEvent(name, data);
        if (event) listener.event(event);
      });
    }
  };

  listener.state('connecting');
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
