// Holds how the live stream is kept open when connections end in different ways.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LiveEvent } from './live-cache.js';
import { type LiveState, openLiveStream, type Source } from './live-stream.js';

/** An EventSource whose other end the test holds. */
class FakeSource implements Source {
  readyState = 0;
  private readonly listeners = new Map<string, (event: { data: string }) => void>();

  constructor(readonly url: string) {}

  addEventListener(name: string, listener: (event: { data: string }) => void): void {
    this.listeners.set(name, listener);
  }

  say(name: string, data = ''): void {
    this.listeners.get(name)?.({ data });
  }

  close(): void {
    this.readyState = 2;
  }
}

let sources: FakeSource[];
let events: LiveEvent[];
let states: LiveState[];
let close: () => void;

const last = () => {
  const source = sources.at(-1);
  if (!source) throw new Error('no source was made');
  return source;
};

beforeEach(() => {
  jest.useFakeTimers();
  sources = [];
  events = [];
  states = [];
  close = openLiveStream({ event: event => events.push(event), state: state => states.push(state) }, url => {
    sources.push(new FakeSource(url));
    return last();
  });
});

afterEach(() => {
  close();
  jest.useRealTimers();
});

describe('the live stream', () => {
  it('listens where the contract says, and passes on what it understands', () => {
    expect(last().url).toBe('/api/v1/events');
    last().say('open');
    last().say('devices', '{}');
    last().say('alarm', 'rubbish');
    expect(events).toEqual([{ name: 'devices' }]);
    expect(states).toEqual(['connecting', 'open']);
  });

  it('leaves it to the browser to resume while the browser still tries', () => {
    last().say('open');
    last().say('error');
    expect(states.at(-1)).toBe('lost');
    jest.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
    last().say('open');
    expect(states.at(-1)).toBe('open');
  });

  it('begins anew when the browser has given up, later each time', () => {
    for (const [made, waitMs] of [
      [1, 1_000],
      [2, 2_000],
      [3, 5_000],
      [4, 10_000],
      [5, 10_000],
    ] as const) {
      last().readyState = 2;
      last().say('error');
      jest.advanceTimersByTime(waitMs - 1);
      expect(sources).toHaveLength(made);
      jest.advanceTimersByTime(1);
      expect(sources).toHaveLength(made + 1);
    }
  });

  it('is quick again after it was open', () => {
    last().readyState = 2;
    last().say('error');
    jest.advanceTimersByTime(1_000);
    last().say('open');
    last().readyState = 2;
    last().say('error');
    jest.advanceTimersByTime(1_000);
    expect(sources).toHaveLength(3);
  });

  it('ends for good when the page no longer wants it', () => {
    last().readyState = 2;
    last().say('error');
    close();
    jest.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
    expect(last().readyState).toBe(2);
  });
});
