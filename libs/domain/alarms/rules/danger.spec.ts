// Smoke, water, tampering, faults and stale air: what raises them, what holds them, and what ends them.
import { describe, expect, it } from '@jest/globals';
import type { RuleKind, Severity } from '#codecs/api';
import { traitsOf } from './index.js';
import { atSecond, RuleRun } from './rule-run.fixture.js';

const minute = 60;
const bits = (run: RuleRun, second: number, on: boolean) => run.readings(second, {}, { bit: on });
const ppm = (run: RuleRun, second: number, level: number) => run.readings(second, { 'air.ppm': level });

/** Says the same once a minute, the last time at `until`. */
function every60<T>(from: number, until: number, say: (second: number) => T): T {
  let said = say(from);
  for (let second = from + 60; second <= until; second += 60) said = say(second);
  return said;
}

interface BitRow {
  readonly kind: RuleKind;
  readonly severity: Severity;
  readonly class: string;
  readonly latched: boolean;
  /** Seconds that the bit must be off, and seconds that it must stand unless it is confirmed. */
  readonly clearS: number;
  readonly holdS: number;
}

const rows: readonly BitRow[] = [
  { kind: 'smoke', severity: 'emergency', class: 'L', latched: true, clearS: 5 * minute, holdS: 0 },
  { kind: 'water', severity: 'critical', class: 'L', latched: true, clearS: 10 * minute, holdS: 10 },
  { kind: 'tamper', severity: 'major', class: 'S', latched: true, clearS: 0, holdS: 0 },
  { kind: 'fault', severity: 'major', class: 'T', latched: false, clearS: 0, holdS: 0 },
  { kind: 'warm-up', severity: 'info', class: 'I', latched: false, clearS: 0, holdS: 0 },
];

describe.each(rows)('$kind', ({ kind, severity, class: of, latched, clearS, holdS }) => {
  const begin = () => new RuleRun({ kind, bit: 'bit' });
  const raised = () => {
    const run = begin();
    bits(run, 0, true);
    run.tick(holdS);
    return run;
  };

  it(`is of class ${of}, and ${latched ? 'waits for a person' : 'is over when it is over'}`, () => {
    expect(traitsOf(kind, severity)).toEqual({ class: of, latched });
  });

  it('raises once, since the first word', () => {
    const run = begin();
    expect(bits(run, 0, true).finding.active).toBe(holdS === 0);
    if (holdS > 0) expect(run.tick(holdS - 0.001).finding.active).toBe(false);
    expect(run.tick(holdS).finding).toEqual({ active: true, severity, value: null, since: atSecond(0) });
    const { state } = run;
    expect(bits(run, 60, true).finding).toMatchObject({ active: true, since: atSecond(0) });
    bits(run, 120, true);
    if (holdS === 0) expect(state).not.toBeNull();
  });

  it('holds while nothing is said, and while something else is said', () => {
    const run = raised();
    expect(run.tick(86_400).finding.active).toBe(true);
    expect(run.readings(86_460, { 'battery.percent': 80 }).finding.active).toBe(true);
  });

  it('ends when samples have said so for long enough, and not before', () => {
    const run = raised();
    if (clearS > 0) {
      expect(every60(60, 60 + clearS - 60, second => bits(run, second, false)).finding.active).toBe(true);
      expect(run.tick(60 + clearS).finding.active).toBe(true);
    }
    expect(bits(run, 60 + clearS, false).finding.active).toBe(false);
  });

  it('goes on over a restart', () => {
    const run = raised();
    run.restart();
    expect(run.tick(holdS + 1).finding.active).toBe(true);
    every60(60, clearS, second => bits(run, second, false));
    run.restart();
    expect(bits(run, 60 + clearS, false).finding.active).toBe(false);
  });

  it('says the same of the same without anything to remember', () => {
    const run = begin();
    every60(0, 60 + clearS, second => bits(run, second, false));
    const { state } = run;
    bits(run, 120 + clearS, false);
    expect(run.state).toBe(state);
  });
});

describe('water', () => {
  it('is believed at the second sample, and one that dries in between means nothing', () => {
    const run = new RuleRun({ kind: 'water', bit: 'bit' });
    bits(run, 0, true);
    expect(bits(run, 5, true).finding.active).toBe(true);
    const other = new RuleRun({ kind: 'water', bit: 'bit' });
    bits(other, 0, true);
    bits(other, 5, false);
    expect(other.tick(60).finding.active).toBe(false);
  });
});

describe('smoke', () => {
  it('does not end across a silence: two words far apart say nothing of the time between', () => {
    const run = new RuleRun({ kind: 'smoke', bit: 'bit' });
    bits(run, 0, true);
    bits(run, 60, false);
    expect(bits(run, 3600, false).finding.active).toBe(true);
    expect(every60(3660, 3900, second => bits(run, second, false)).finding.active).toBe(false);
  });
});

describe('carbon dioxide', () => {
  const begin = () => new RuleRun({ kind: 'co2', reading: 'air.ppm' });

  it.each([
    { level: 1001, severity: 'info' },
    { level: 2001, severity: 'warning' },
    { level: 5001, severity: 'minor' },
  ])('is $severity after a quarter of an hour at $level ppm', ({ level, severity }) => {
    const run = begin();
    const before = every60(0, 14 * minute, second => ppm(run, second, level)).finding;
    expect(before).not.toMatchObject({ active: true, severity });
    expect(ppm(run, 15 * minute, level).finding).toMatchObject({
      active: true,
      severity,
      value: level,
      since: atSecond(0),
    });
  });

  it('is a danger to life at once at 30 000 ppm, and then waits for a person', () => {
    expect(ppm(begin(), 0, 30_000).finding).toMatchObject({ active: true, severity: 'critical' });
    expect(traitsOf('co2', 'critical')).toEqual({ class: 'L', latched: true });
    expect(traitsOf('co2', 'minor')).toEqual({ class: 'I', latched: false });
  });

  it('ends 150 ppm below what raised it, after ten minutes of that', () => {
    const run = begin();
    every60(0, 15 * minute, second => ppm(run, second, 1100));
    expect(every60(16 * minute, 60 * minute, second => ppm(run, second, 850)).finding.active).toBe(true);
    expect(every60(61 * minute, 70 * minute, second => ppm(run, second, 849)).finding.active).toBe(true);
    expect(ppm(run, 71 * minute, 849).finding.active).toBe(false);
  });

  it('goes on over a restart', () => {
    const run = begin();
    every60(0, 10 * minute, second => ppm(run, second, 2100));
    run.restart();
    expect(every60(11 * minute, 15 * minute, second => ppm(run, second, 2100)).finding).toMatchObject({
      active: true,
      severity: 'warning',
    });
  });

  it('concludes nothing from a silence', () => {
    const run = begin();
    ppm(run, 0, 1500);
    expect(ppm(run, 20 * minute, 1500).finding.active).toBe(false);
  });
});

describe('gas', () => {
  const readings = [{ name: 'gas', label: { zh: '气', en: 'Gas' }, unit: 'ppm', min: 0, max: 50_000 }];
  const run = (rule: object) => {
    const begun = new RuleRun({ kind: 'gas', reading: 'gas', ...rule });
    begun.scene = { ...begun.scene, readings };
    return begun;
  };

  it.each([
    { gas: 'methane', under: 4399, over: 4400 },
    { gas: 'propane', under: 1699, over: 1700 },
    { gas: 'butane', under: 1399, over: 1400 },
    { gas: 'hydrogen', under: 3999, over: 4000 },
  ])('in ppm of $gas raises at a tenth of what explodes', ({ gas, under, over }) => {
    const quiet = run({ gas });
    quiet.readings(0, { gas: under });
    expect(quiet.readings(10, { gas: under }).finding.active).toBe(false);
    const loud = run({ gas });
    loud.readings(0, { gas: over });
    expect(loud.readings(10, { gas: over }).finding).toMatchObject({ active: true, value: over });
  });

  it('warns before it alarms, and the warning is not of the class of the alarm', () => {
    const begun = new RuleRun({ kind: 'gas', reading: 'gas', warnAtLel: 6 });
    begun.readings(0, { gas: 7 });
    expect(begun.readings(10, { gas: 7 }).finding).toMatchObject({ active: true, severity: 'warning' });
    expect(traitsOf('gas', 'warning')).toEqual({ class: 'I', latched: false });
    begun.readings(20, { gas: 12 });
    expect(begun.readings(30, { gas: 12 }).finding).toMatchObject({ active: true, severity: 'critical' });
  });
});
