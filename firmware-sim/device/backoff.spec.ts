// The waits between attempts, whatever chance says.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs } from './backoff.js';

const limits = { firstMs: 500, mostMs: 60_000 };
const luck = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the wait before another attempt', () => {
  it('never exceeds the cap and never falls below half the first wait', () => {
    fc.assert(
      fc.property(fc.nat(10_000), luck, (attempt, draw) => {
        const waitMs = backoffMs(attempt, draw, limits);
        expect(waitMs).toBeLessThanOrEqual(limits.mostMs);
        expect(waitMs).toBeGreaterThanOrEqual(limits.firstMs / 2);
      }),
    );
  });

  it('grows with each attempt under equal luck, until the cap', () => {
    fc.assert(
      fc.property(fc.nat(40), luck, (attempt, draw) => {
        const [now, next] = [backoffMs(attempt, draw, limits), backoffMs(attempt + 1, draw, limits)];
        expect(next).toBeGreaterThanOrEqual(now);
        if (500 * 2 ** attempt < limits.mostMs) expect(next).toBeGreaterThan(now);
      }),
    );
  });

  it('differs from device to device', () => {
    expect(backoffMs(3, 0.1, limits)).not.toBe(backoffMs(3, 0.9, limits));
  });
});
