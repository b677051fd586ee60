// A device's clock: ahead it is wrong at once, behind only when it never catches up.
import { describe, expect, it } from '@jest/globals';
import { atSecond, RuleRun } from './rule-run.fixture.js';

const minute = 60;

describe('a clock', () => {
  const begin = () => new RuleRun({ kind: 'clock' });
  const heard = (run: RuleRun, second: number, lagS?: number) =>
    run.show({
      kind: 'readings',
      at: atSecond(second),
      values: {},
      bits: {},
      ...(lagS !== undefined && { claimed: { heardAt: atSecond(second), lagMs: lagS * 1000 } }),
    }).finding;

  it('is right within five minutes, and when the device gives no time', () => {
    const run = begin();
    for (const lagS of [-300, 0, 300, undefined]) expect(heard(run, 0, lagS).active).toBe(false);
  });

  it('that is ahead by more than five minutes is wrong at once, and until it is right', () => {
    const run = begin();
    expect(heard(run, 10, -301)).toMatchObject({ active: true, severity: 'minor', since: atSecond(10) });
    run.restart();
    expect(heard(run, 70).active).toBe(true);
    expect(heard(run, 130, 1).active).toBe(false);
  });

  it('that is behind for half an hour is wrong since then', () => {
    const run = begin();
    for (let second = 0; second < 30 * minute; second += minute)
      expect(heard(run, second, 600).active).toBe(false);
    expect(heard(run, 30 * minute, 600)).toMatchObject({ active: true, since: atSecond(0) });
  });

  it('is not called wrong because a night of readings comes in the morning', () => {
    const run = begin();
    const night = 8 * 60 * minute;
    for (let kept = 0; kept < night; kept += 5 * minute)
      expect(heard(run, kept / 100, night - kept).active).toBe(false);
    expect(heard(run, night / 100, 0).active).toBe(false);
    expect(heard(run, 40 * minute, 400).active).toBe(false);
  });
});
