// A slice of the soak, and the measurements in small.
import { describe, expect, it } from '@jest/globals';
import { measureRow } from './loss-table.js';
import { soak } from './soak.js';

describe('a slice of the soak', () => {
  it('has no wrong result and hardly one that is withheld', () => {
    const { wrongSeeds, ...tallies } = soak(200, 500_000);
    expect(wrongSeeds).toEqual([]);
    expect(Object.values(tallies).reduce((sum, { runs }) => sum + runs, 0)).toBe(200);
    expect(Object.values(tallies).reduce((sum, { withheld }) => sum + withheld, 0)).toBeLessThan(4);
  });

  it('gives every run the same air for the same seed', () => {
    expect(soak(20, 7)).toEqual(soak(20, 7));
  });
});

describe('the loss table', () => {
  it('has nobody faster than the bound, and everybody right on clear air', () => {
    const { measured } = measureRow({ profile: 'A', length: 'typical', loss: 0, runs: 3 });
    expect(measured).toMatchObject({
      airbind: { failed: 0, wrong: 0 },
      'whole-group': { failed: 0, wrong: 0 },
    });
    expect(measured.airbind.medianMs).toBeGreaterThanOrEqual(
      measured.bound.medianMs ?? Number.POSITIVE_INFINITY,
    );
  });
});
