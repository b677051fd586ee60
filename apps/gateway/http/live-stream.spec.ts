// Catching up: each notice once and none left out, whatever happens meanwhile.
import { describe, expect, it } from '@jest/globals';
import type { NoticeView } from '#codecs/api';
import type { Account } from '#domain/accounts';
import type { Inbox, LiveEvent, LiveFeed } from '#domain/notices';
import type { EventWriter } from './event-writer.js';
import { LiveStream } from './live-stream.js';

const ada = { id: 'ada' } as Account;
const notice = (counter: number) => ({ name: 'notice', data: { counter } as NoticeView }) as const;

/** An inbox and a feed as they are together: what is published was stored before. */
class Told {
  readonly stored: NoticeView[] = [];
  private listener: (event: LiveEvent) => void = () => {};
  /** Runs once, in the middle of the next reading of the inbox. */
  meanwhile: () => void = () => {};

  readonly feed = {
    subscribe: (_: string, listener: (event: LiveEvent) => void) => {
      this.listener = listener;
      return () => {
        this.listener = () => {};
      };
    },
  } as LiveFeed;

  readonly inbox = {
    after: (_: Account, counter: number, limit: number) =>
      this.read(() => this.stored.filter(({ counter: c }) => c > counter).slice(0, limit)),
    latest: (_: Account, limit: number) => this.read(() => this.stored.slice(-limit).reverse()),
  } as unknown as Inbox;

  publish(event: LiveEvent): void {
    if (event.name === 'notice') this.stored.push(event.data);
    this.listener(event);
  }

  /** What is published around a read may or may not be in it: both happen. */
  private async read(rows: () => NoticeView[]): Promise<NoticeView[]> {
    const meanwhile = this.meanwhile;
    this.meanwhile = () => {};
    await Promise.resolve();
    meanwhile();
    return rows();
  }
}

function pen() {
  const written: (string | number)[] = [];
  const writer = {
    event: ({ name, data }: LiveEvent) => written.push(name === 'notice' ? data.counter : name),
    mark: (id: number) => written.push(`mark ${id}`),
    end: () => written.push('end'),
  } as unknown as EventWriter;
  return { written, writer };
}

describe('a live stream', () => {
  it('begins with what is new, and marks where that is', async () => {
    const told = new Told();
    for (const counter of [1, 2, 3]) told.publish(notice(counter));
    const { written, writer } = pen();
    await LiveStream.open(told.feed, told.inbox, writer, ada, null).caughtUp;
    told.publish(notice(4));
    expect(written).toEqual(['mark 3', 4]);
  });

  it('tells what was missed first, over any number of pages', async () => {
    const told = new Told();
    for (let counter = 1; counter <= 250; counter++) told.publish(notice(counter));
    const { written, writer } = pen();
    await LiveStream.open(told.feed, told.inbox, writer, ada, 20).caughtUp;
    expect(written).toEqual(Array.from({ length: 230 }, (_, n) => n + 21));
  });

  it.each([null, 0, 2])(
    'leaves nothing out and says nothing twice when something happens meanwhile (after %s)',
    async after => {
      const told = new Told();
      for (const counter of [1, 2, 3]) told.publish(notice(counter));
      const { written, writer } = pen();
      told.meanwhile = () => {
        told.publish(notice(4));
        told.publish({ name: 'devices', data: {} });
        told.publish(notice(5));
      };
      await LiveStream.open(told.feed, told.inbox, writer, ada, after).caughtUp;
      told.publish(notice(6));
      const notices = written.filter(item => typeof item === 'number');
      expect(notices).toEqual([1, 2, 3, 4, 5, 6].filter(counter => counter > (after ?? 3)));
      expect(written.filter(item => item === 'devices')).toHaveLength(1);
    },
  );

  it('is over once it is left', async () => {
    const told = new Told();
    const { written, writer } = pen();
    const { unsubscribe, caughtUp } = LiveStream.open(told.feed, told.inbox, writer, ada, 0);
    await caughtUp;
    unsubscribe();
    told.publish(notice(1));
    expect(written).toEqual([]);
  });
});
