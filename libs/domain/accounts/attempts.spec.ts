// Attempts: what is free, what waits, and what is forgotten.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { Attempts, freeFailures } from './attempts.js';

describe('attempts', () => {
  let clock: ManualClock;
  let attempts: Attempts;

  beforeEach(() => {
    clock = new ManualClock(1_000_000);
    attempts = new Attempts(clock);
  });

  const fail = (times: number, ...keys: string[]) => {
    for (let n = 0; n < times; n++) attempts.begin(keys);
  };

  const waitS = (...keys: string[]): number => {
    try {
      attempts.begin(keys);
      return 0;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'too-many-attempts')
        return error.details.retryAfterS ?? -1;
      throw error;
    }
  };

  it('lets a few failures pass without a wait', () => {
    fail(freeFailures, 'a');
    expect(waitS('a')).toBe(1);
  });

  it('doubles the wait with each further failure, up to five minutes', () => {
    fail(freeFailures, 'a');
    const waits = Array.from({ length: 12 }, () => {
      const seconds = waitS('a');
      clock.advance(seconds * 1000);
      attempts.begin(['a']);
      return seconds;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  });

  it('counts attempts that run at the same time before any of them has failed', () => {
    const outcomes = Array.from({ length: 100 }, () => waitS('a'));
    expect(outcomes.filter(wait => wait === 0)).toHaveLength(freeFailures);
  });

  it('makes one key wait and leaves another alone', () => {
    fail(freeFailures, 'a');
    expect(waitS('b')).toBe(0);
  });

  it('refuses when any of the keys has to wait, and then counts for none', () => {
    fail(freeFailures, 'a');
    for (let n = 0; n < freeFailures * 2; n++) expect(waitS('a', 'b')).toBeGreaterThan(0);
    expect(waitS('b')).toBe(0);
  });

  it('forgives one success and no failure before it', () => {
    fail(freeFailures - 1, 'a');
    attempts.begin(['a']);
    attempts.forgive(['a']);
    expect(waitS('a')).toBe(0);
    expect(waitS('a')).toBeGreaterThan(0);
  });

  it('starts afresh after a quiet hour', () => {
    fail(freeFailures, 'a');
    clock.advance(60 * 60_000);
    expect(waitS('a')).toBe(0);
    expect(waitS('a')).toBe(0);
  });

  it('forgets the quietest keys when there are too many, and not the busy one', () => {
    fail(freeFailures, 'quiet');
    fail(freeFailures - 1, 'busy');
    for (let n = 0; n < 20_000; n++) {
      attempts.begin([`other ${n}`]);
      if (n === 10_000) attempts.begin(['busy']);
    }
    expect(waitS('quiet')).toBe(0);
    expect(waitS('busy')).toBeGreaterThan(0);
  });
});
