// Take-overs: when one is counted, when it is reported, and who is kept out.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { BrokerCounters } from './broker-counters.js';
import { type Judgement, TakeOvers } from './take-overs.js';

Logger.overrideLogger(false);

describe('a second connection of one client', () => {
  const quarantineMs = 300_000;
  let now: number;
  let counters: BrokerCounters;
  let takeOvers: TakeOvers;

  beforeEach(() => {
    now = 1_000_000;
    counters = new BrokerCounters();
    takeOvers = new TakeOvers({ takeOversPerMinute: 3, quarantineMs }, counters, () => now);
  });

  function judged({ silentMs = 0, isVital = false, clientId = 'gas-1' } = {}): Judgement {
    const [address, laterAddress] = ['192.0.2.1', '192.0.2.2'];
    return takeOvers.judge({ clientId, isVital, heardAtMs: now - silentMs, address, laterAddress });
  }

  const comes = (rival = {}) => judged(rival).mayEnter;

  const count = (name: string) => counters.read()[name] ?? 0;

  it('ends the first uncounted, however often, when that had fallen silent', () => {
    for (let n = 0; n < 20; n += 1) expect(comes({ silentMs: 5_000 })).toBe(true);
    expect(count('takeovers')).toBe(0);
  });

  it('is counted when the first still spoke, and reported past three a minute', () => {
    for (let n = 0; n < 3; n += 1) expect(comes({ silentMs: 4_999 })).toBe(true);
    expect([count('takeovers'), count('refused.contested')]).toEqual([3, 0]);
    expect(comes()).toBe(false);
    expect([count('takeovers'), count('refused.contested')]).toEqual([4, 1]);
  });

  it('is no matter at one a minute, for ever', () => {
    for (let n = 0; n < 100; n += 1) {
      expect(comes()).toBe(true);
      now += 60_000;
    }
    expect(count('refused.contested')).toBe(0);
  });

  it('is refused for a while after that, silent first one or not, and other clients are not', () => {
    for (let n = 0; n < 4; n += 1) comes();
    now += quarantineMs - 1;
    expect(comes({ silentMs: 60_000 })).toBe(false);
    expect(count('refused.quarantined')).toBe(1);
    expect(comes({ clientId: 'gas-2' })).toBe(true);
    now += 1;
    expect(comes()).toBe(true);
  });

  it('is never kept out when lives depend on it, and reported all the same', () => {
    for (let n = 0; n < 10; n += 1) expect(comes({ isVital: true })).toBe(true);
    expect(count('refused.contested')).toBe(7);
    expect(count('refused.quarantined')).toBe(0);
  });

  it.each([false, true])(
    'is news once, and again when it goes on after a while (lives depend on it: %s)',
    isVital => {
      const news = () =>
        Array.from({ length: 10 }, () => judged({ isVital }).isNews).filter(isNews => isNews);
      expect(news()).toHaveLength(1);
      expect(news()).toHaveLength(0);
      now += quarantineMs;
      expect(news()).toHaveLength(1);
    },
  );
});
