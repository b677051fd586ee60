// Carbon monoxide: the dose against the windows of the standards, the detector's bit, and what blindness does not prove.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { coProfiles, regionSchema } from '#codecs/api';
import { traitsOf } from './index.js';
import { atSecond, beginning, quietScene, RuleRun, type Shown } from './rule-run.fixture.js';

const coRule = { kind: 'co', reading: 'co.ppm', bit: 'co.alarm' };
const minute = 60;
const hour = 60 * minute;

/** When a level that stands from 0 on raises at least this, in seconds; null: not within four hours. */
function raisedAfter(run: RuleRun, ppm: number, isEnough: (severity: string) => boolean): number | null {
  for (let second = 0; second <= 4 * hour; second += 60) {
    const { finding } = run.readings(second, { 'co.ppm': ppm });
    if (finding.active && isEnough(finding.severity)) return (finding.since - beginning) / 1000;
  }
  return null;
}

const isAlarm = (severity: string) => severity === 'critical' || severity === 'emergency';

describe.each(regionSchema.options)('the curve of region %s', region => {
  const profile = coProfiles[region];

  it.each(profile.windows)('alarms at $ppm ppm within $notBeforeS–$byS s', ({ ppm, notBeforeS, byS }) => {
    const after = raisedAfter(new RuleRun(coRule, { ...quietScene, region }), ppm, isAlarm) ?? Number.NaN;
    expect(after).toBeGreaterThanOrEqual(notBeforeS);
    expect(after).toBeLessThanOrEqual(byS);
  });

  it('alarms at its own points to the second', () => {
    for (const { ppm, afterS } of profile.points)
      expect(raisedAfter(new RuleRun(coRule, { ...quietScene, region }), ppm, isAlarm)).toBe(afterS);
  });

  it('warns of 30 ppm after two hours and not before, and never alarms of it', () => {
    const scene = { ...quietScene, region };
    expect(raisedAfter(new RuleRun(coRule, scene), 30, () => true)).toBe(120 * minute);
    expect(raisedAfter(new RuleRun(coRule, scene), 30, isAlarm)).toBeNull();
  });
});

describe('carbon monoxide', () => {
  let run: RuleRun;
  const level = (second: number, ppm: number): Shown => run.readings(second, { 'co.ppm': ppm });
  const bit = (second: number, on: boolean): Shown => run.readings(second, {}, { 'co.alarm': on });

  /** One sample a minute, the last at `until`. @returns what the last one came to. */
  function every60(from: number, until: number, ppm: number): Shown {
    let shown = level(from, ppm);
    for (let second = from + 60; second <= until; second += 60) shown = level(second, ppm);
    return shown;
  }

  beforeEach(() => {
    run = new RuleRun(coRule);
  });

  it('is of life safety and waits for a person; its warning is neither', () => {
    expect(traitsOf('co', 'critical')).toEqual({ class: 'L', latched: true });
    expect(traitsOf('co', 'emergency')).toEqual({ class: 'L', latched: true });
    expect(traitsOf('co', 'warning')).toEqual({ class: 'I', latched: false });
  });

  it('a CO level of 120 ppm for 30 minutes raises once, since the dose was full', () => {
    const found = [];
    for (let second = 0; second <= 30 * minute; second += 60) found.push(level(second, 120).finding);
    const first = found.findIndex(({ active }) => active);
    expect(found.slice(first).every(({ active, severity }) => active && severity === 'critical')).toBe(true);
    expect(new Set(found.slice(first).map(({ since }) => since)).size).toBe(1);
    // 25 min × (120/100)^(ln(2/25)/ln 3), which the two points at 100 and 300 ppm give.
    expect((found[first]?.since ?? 0) - beginning).toBeCloseTo(986_312, -3);
  });

  it.each([0, 29, 29.9])('stays quiet at %d ppm all day', ppm => {
    expect(every60(0, 24 * hour, ppm)).toMatchObject({ finding: { active: false }, dueAtSecond: null });
  });

  it('a level that swings between 45 and 200 ppm is found, though no level holds', () => {
    let shown = level(0, 200);
    let second = 0;
    for (; !isAlarm(shown.finding.severity) && second < 3 * hour; second += 120) {
      level(second, 200);
      shown = level(second + 60, 45);
    }
    // 200 ppm alone would take 5.2 minutes; it stands half of the time.
    expect(second / minute).toBeGreaterThan(9);
    expect(second / minute).toBeLessThan(15);
    expect(heldLongest([200, 45], 60)).toBe(false);
  });

  it('one low sample is no absolution: a dose halves in four hours of clean air', () => {
    every60(0, 20 * minute, 100);
    every60(21 * minute, 21 * minute + 4 * hour, 0);
    // 21 of 25 minutes were used up, 10.5 are left: the alarm comes after another 14.5.
    const again = 21 * minute + 4 * hour + 60;
    expect(every60(again, again + 14 * minute, 100).finding.severity).not.toBe('critical');
    expect(every60(again + 15 * minute, again + 15 * minute, 100).finding.severity).toBe('critical');
  });

  it('between 30 and 50 ppm the dose neither grows nor falls', () => {
    every60(0, 24 * minute, 100);
    const shown = every60(25 * minute - 1, 10 * hour, 40);
    expect(shown.finding.severity).toBe('warning');
    expect(level(10 * hour + 60, 100).finding.severity).toBe('warning');
    expect(level(10 * hour + 62, 100).finding.severity).toBe('critical');
  });

  it('raises by the clock, while the last level is still seen', () => {
    expect(level(0, 300)).toMatchObject({ finding: { active: false }, dueAtSecond: 120 });
    expect(run.tick(119.999).finding.active).toBe(false);
    expect(run.tick(120).finding).toMatchObject({ active: true, severity: 'emergency', value: 300 });
  });

  it('concludes nothing from blind time: neither by the clock nor by the sample after it', () => {
    level(0, 250);
    expect(run.tick(hour).finding.active).toBe(false);
    // Two intervals of it count, 120 of 182 seconds, and no more.
    expect(level(hour, 250).finding.active).toBe(false);
    expect(level(hour + 60, 250).finding.active).toBe(false);
    expect(level(hour + 120, 250).finding.active).toBe(true);
  });

  it('two samples of 600 ppm within 20 seconds are enough, and further apart they are not', () => {
    level(0, 600);
    expect(level(20, 600).finding).toMatchObject({
      active: true,
      severity: 'emergency',
      since: atSecond(20),
    });
    run = new RuleRun(coRule);
    level(0, 600);
    expect(level(21, 600).finding.active).toBe(false);
  });

  it("raises at once on the detector's own bit, even without a level", () => {
    expect(bit(0, true).finding).toEqual({
      active: true,
      severity: 'critical',
      value: null,
      since: atSecond(0),
    });
  });

  it('is an emergency as soon as an alarm stands at 300 ppm', () => {
    every60(0, 25 * minute, 100);
    expect(level(26 * minute, 299).finding.severity).toBe('critical');
    expect(level(27 * minute, 300).finding.severity).toBe('emergency');
  });

  it('a warning becomes an alarm when the level rises', () => {
    expect(every60(0, 2 * hour, 35).finding).toMatchObject({ active: true, severity: 'warning' });
    expect(every60(2 * hour + 60, 2 * hour + 26 * minute, 100).finding.severity).toBe('critical');
  });

  it('a warning ends below 25 ppm for ten minutes, and not at 27', () => {
    every60(0, 2 * hour, 35);
    expect(every60(2 * hour + 60, 3 * hour, 27).finding).toMatchObject({ active: true, severity: 'warning' });
    expect(every60(3 * hour + 60, 3 * hour + 10 * minute, 24).finding.active).toBe(true);
    expect(level(3 * hour + 11 * minute, 24).finding.active).toBe(false);
  });

  describe('once raised', () => {
    beforeEach(() => {
      every60(0, 120, 300);
    });

    it('holds between clear and raise', () => {
      expect(every60(180, 2 * hour, 30).finding.active).toBe(true);
    });

    it('ends after six minutes of clean air', () => {
      expect(every60(180, 480, 29).finding.active).toBe(true);
      expect(level(539.9, 29).finding.active).toBe(true);
      expect(level(540, 29).finding.active).toBe(false);
    });

    it('does not end while the bit is on', () => {
      bit(150, true);
      expect(every60(180, hour, 0).finding.active).toBe(true);
      run.readings(hour + 60, { 'co.ppm': 0 }, { 'co.alarm': false });
      expect(every60(hour + 120, hour + 360, 0).finding.active).toBe(true);
      expect(level(hour + 420, 0).finding.active).toBe(false);
    });

    it('does not end across blind time, and never by time alone', () => {
      level(180, 0);
      expect(run.tick(hour).finding.active).toBe(true);
      expect(level(hour, 0).finding.active).toBe(true);
      expect(every60(hour + 60, hour + 300, 0).finding.active).toBe(true);
      expect(level(hour + 360, 0).finding.active).toBe(false);
    });

    it('does not end because its memory was lost', () => {
      run.state = new RuleRun(coRule).state;
      expect(run.tick(200).finding.active).toBe(true);
      expect(every60(240, 540, 0).finding.active).toBe(true);
      expect(level(600, 0).finding.active).toBe(false);
    });

    it('comes back soon when the air is bad again: the blood remembers', () => {
      every60(180, 600, 0);
      expect(level(660, 100).finding.active).toBe(false);
      expect(level(720, 100).finding.active).toBe(true);
    });

    it('goes on over a restart', () => {
      run.restart();
      expect(every60(180, 480, 29).finding.active).toBe(true);
      run.restart();
      expect(level(540, 29).finding.active).toBe(false);
    });
  });

  it('quiet air leaves no trace once it has been quiet for ten minutes', () => {
    every60(0, 26 * hour, 2);
    const { state } = run;
    every60(26 * hour + 60, 40 * hour, 3);
    expect(run.state).toBe(state);
  });
});

/** What a rule of durations would have seen: whether one level stood longer than a sample. */
function heldLongest(levels: readonly number[], everyS: number): boolean {
  const steps = [
    { atLeastPpm: 50, forS: 4500 },
    { atLeastPpm: 100, forS: 1500 },
    { atLeastPpm: 300, forS: 120 },
  ];
  const since: (number | null)[] = steps.map(() => null);
  for (let second = 0; second < 12 * hour; second += everyS) {
    const ppm = levels[(second / everyS) % levels.length] ?? 0;
    for (const [i, { atLeastPpm, forS }] of steps.entries()) {
      since[i] = ppm >= atLeastPpm ? (since[i] ?? second) : null;
      if (second - (since[i] ?? second) >= forS) return true;
    }
  }
  return false;
}
