// What every channel keeps, whatever its provider does: a receipt each time, in time, and nothing thrown.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sending } from '#domain/notices';
import type { Channel } from './channel.js';

/** How a provider can behave; each implementation brings it about on its own wire. */
export interface ProviderBench {
  readonly channel: Channel;
  readonly delivery: Sending;
  /** What a provider's answer without an end is worth: nothing, where its words count. */
  readonly babblingIs?: 'retry';
  /** What the provider took for genuine, in order: of each attempt the id by which its receiver knows it again. */
  taken(): string[];
  accepts(): void;
  refuses(): void;
  /** Asks to come again, in so many seconds or without saying when. */
  postpones(afterS?: number): void;
  fails(): void;
  /** Takes the message and never answers. */
  hangs(): void;
  /** Answers, and then goes on answering for ever. */
  babbles(): void;
  /** Answers with something that is not its protocol. */
  lies(): void;
  /** Is not there at all. */
  dies(): Promise<void>;
  close(): Promise<void>;
}

/** Time enough for whoever answers, however busy the machine is. */
const timeoutMs = 10_000;
/** For those who never do. */
const shortMs = 300;

export function channelContract(name: string, open: () => Promise<ProviderBench>): void {
  describe(`${name}, as a channel`, () => {
    let bench: ProviderBench;

    beforeEach(async () => {
      bench = await open();
    });

    afterEach(() => bench.close());

    const outcome = async () => (await bench.channel.deliver(bench.delivery, timeoutMs)).outcome;

    it('is accepted by a provider that accepts', async () => {
      bench.accepts();
      expect(await outcome()).toBe('accepted');
      expect(bench.taken()).toHaveLength(1);
    });

    it('keeps its id over every attempt, so that the receiver can drop what it has seen', async () => {
      bench.fails();
      expect(await outcome()).toBe('retry');
      bench.accepts();
      expect(await outcome()).toBe('accepted');
      const [first, second, ...more] = bench.taken();
      expect([first, ...more]).toEqual([expect.stringMatching(/./)]);
      expect(second).toBe(first);
    });

    it('is refused by a provider that will never take it', async () => {
      bench.refuses();
      expect(await outcome()).toBe('refused');
    });

    it('comes again when a provider says so, and when it says', async () => {
      bench.postpones();
      expect(await bench.channel.deliver(bench.delivery, timeoutMs)).toMatchObject({ outcome: 'retry' });
      bench.postpones(7);
      expect(await bench.channel.deliver(bench.delivery, timeoutMs)).toMatchObject({
        outcome: 'retry',
        afterMs: 7_000,
      });
    });

    it('does not stay away for longer than an hour, whatever the provider says', async () => {
      bench.postpones(1e9);
      const receipt = await bench.channel.deliver(bench.delivery, timeoutMs);
      expect(receipt).toMatchObject({ outcome: 'retry', afterMs: 3_600_000 });
    });

    it.each(['fails', 'lies'] as const)('comes again when the provider %s', async fault => {
      bench[fault]();
      expect(await outcome()).toBe('retry');
    });

    it('comes again when nobody is there', async () => {
      await bench.dies();
      expect(await bench.channel.deliver(bench.delivery, timeoutMs)).toMatchObject({
        outcome: 'retry',
        isUnreachable: true,
      });
    });

    it('waits for a provider that hangs no longer than it may', async () => {
      bench.hangs();
      const began = performance.now();
      expect((await bench.channel.deliver(bench.delivery, shortMs)).outcome).toBe('retry');
      expect(performance.now() - began).toBeLessThan(timeoutMs);
    });

    it('does not listen to a provider that never ends', async () => {
      bench.babbles();
      expect(await outcome()).toBe(bench.babblingIs ?? 'accepted');
    });

    it('puts nothing secret into a receipt', async () => {
      const { secret, address, linkKey } = bench.delivery.endpoint;
      for (const behave of [bench.accepts, bench.refuses, bench.fails, bench.lies, bench.hangs]) {
        behave.call(bench);
        const { detail } = await bench.channel.deliver(
          bench.delivery,
          behave === bench.hangs ? shortMs : timeoutMs,
        );
        for (const word of [secret, address, linkKey].filter(Boolean)) expect(detail).not.toContain(word);
      }
    });
  });
}
