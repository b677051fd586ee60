// The token bucket, by a clock of the test's own.
import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from './token-bucket.js';

describe('a token bucket', () => {
  function bucket(perS: number, burst: number) {
    const clock = { ms: 1_000 };
    return { clock, bucket: new TokenBucket(perS, burst, () => clock.ms) };
  }

  it('gives a burst at once, then so many a second', () => {
    const { clock, bucket: tokens } = bucket(50, 200);
    for (let n = 0; n < 200; n += 1) expect(tokens.take()).toBe(true);
    expect(tokens.debtMs()).toBe(0);
    expect(tokens.take()).toBe(false);
    expect(tokens.debtMs()).toBe(20);
    clock.ms += 20;
    expect(tokens.debtMs()).toBe(0);
    expect(tokens.take()).toBe(false);
  });

  it('never holds more than a burst', () => {
    const { clock, bucket: tokens } = bucket(50, 2);
    expect(tokens.isFull()).toBe(true);
    clock.ms += 3_600_000;
    expect([tokens.take(), tokens.take(), tokens.take()]).toEqual([true, true, false]);
    expect(tokens.isEmpty()).toBe(true);
  });
});
