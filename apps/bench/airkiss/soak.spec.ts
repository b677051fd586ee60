// A slice of the soak, and the measurements in small.
import { describe, expect, it } from '@jest/globals';
import { SCHEDULES, type Schedule } from '#codecs/airkiss';
import type { LengthName } from './credentials.js';
import { measureRow, ratioOf } from './loss-table.js';
import { soak, soakRun } from './soak.js';

describe('a slice of the soak', () => {
  it('has no wrong result and hardly one that is withheld', () => {
    const { wrongSeeds, ...tallies } = soak(200, 500_000);
    expect(wrongSeeds).toEqual([]);
    expect(Object.values(tallies).reduce((sum, { runs }) => sum + runs, 0)).toBe(200);
    expect(Object.values(tallies).reduce((sum, { withheld }) => sum + withheld, 0)).toBeLessThan(4);
  });

  it.each([11_122, 31_974, 20_330_668])('is right with seed %i, which once was not', seed => {
    expect(soakRun(seed)).toEqual({ profile: 'D', outcome: 'right' });
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

  /** How far behind the bound the median may be; the air is simulated and its seeds are fixed. */
  const SLACK = { A: 1.1, B: 1.15, C: 1.15 } as const;
  const cells = (['A', 'B', 'C'] as const).flatMap(profile =>
    (['typical', 'long'] as const).flatMap(length =>
      (
        [
          [0, 3],
          [0.2, 10],
          [0.5, 30],
        ] as const
      ).map(([loss, runs]) => ({ profile, length, loss, runs })),
    ),
  );

  it.each(cells)(
    'has us near the bound, without a failure in 42 s: $profile, $length, loss $loss',
    request => {
      const row = measureRow(request);
      expect(row.measured.airbind).toMatchObject({ failed: 0, wrong: 0 });
      expect(ratioOf(row)).toBeLessThanOrEqual(SLACK[request.profile]);
    },
  );
});

describe('the adaptive schedule', () => {
  const medianMs = (length: LengthName, loss: number, schedule: Schedule) =>
    measureRow({ profile: 'A', length, loss, runs: 30, schedule }).measured['whole-group'].medianMs ??
    Number.POSITIVE_INFINITY;
  const lengths = ['typical', 'long'] as const;

  it.each(lengths)(
    'is twice as fast as that of the WeChat app for a plain decoder on clear air: %s',
    length => {
      const [wechat, adaptive] = [SCHEDULES.wechat, SCHEDULES.adaptive].map(each =>
        medianMs(length, 0, each),
      );
      expect(2 * (adaptive ?? 0)).toBeLessThanOrEqual(wechat ?? 0);
    },
  );

  it.each(lengths.flatMap(length => [0.1, 0.2, 0.3, 0.5].map(loss => ({ length, loss }))))(
    'is no slower for it: $length, loss $loss',
    ({ length, loss }) => {
      expect(medianMs(length, loss, SCHEDULES.adaptive)).toBeLessThanOrEqual(
        medianMs(length, loss, SCHEDULES.wechat),
      );
    },
  );
});
