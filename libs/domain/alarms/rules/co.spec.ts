// Carbon monoxide: steps of level and time, the detector's bit, and what blindness does not prove.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { classOf, isLatched } from './index.js';
import { atSecond, RuleRun, type Shown } from './rule-run.fixture.js';

const coRule = { kind: 'co', reading: 'co.ppm', bit: 'co.alarm' };

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

  it('is of life safety and waits for a person', () => {
    expect([classOf('co'), isLatched('co')]).toEqual(['L', true]);
  });

  it.each([
    { ppm: 50, held: 4500, severity: 'critical' },
    { ppm: 100, held: 1500, severity: 'critical' },
    { ppm: 300, held: 120, severity: 'emergency' },
  ])('raises $severity at $ppm ppm once it has stood for $held s, and not before', row => {
    const { ppm, held, severity } = row;
    expect(every60(0, held - 60, ppm).finding.active).toBe(false);
    expect(level(held - 0.001, ppm).finding.active).toBe(false);
    expect(level(held, ppm).finding).toMatchObject({ active: true, severity, value: ppm });
  });

  it('raises at 600 ppm by the clock after 20 s', () => {
    expect(level(0, 600)).toMatchObject({ finding: { active: false }, dueAtSecond: 20 });
    expect(run.tick(19.9).finding.active).toBe(false);
    expect(run.tick(20).finding).toMatchObject({ active: true, severity: 'emergency' });
  });

  it.each([0, 29, 49.9])('stays quiet at %d ppm all day', ppm => {
    expect(every60(0, 86_400, ppm)).toMatchObject({ finding: { active: false }, dueAtSecond: null });
  });

  it('starts a step anew after one sample below it', () => {
    every60(0, 1440, 100);
    level(1470, 99);
    expect(every60(1500, 2940, 100).finding.active).toBe(false);
    expect(level(3000, 100).finding.active).toBe(true);
  });

  it('lets a lower step go on while a higher one starts anew', () => {
    every60(0, 1440, 100);
    every60(1500, 4440, 60);
    expect(level(4500, 60).finding).toMatchObject({ active: true, severity: 'critical' });
  });

  it('concludes nothing from blind time: neither by the clock nor by the sample after it', () => {
    level(0, 300);
    expect(run.tick(120.1).finding.active).toBe(false);
    expect(run.tick(3600).finding.active).toBe(false);
    expect(level(3600, 300).finding.active).toBe(false);
    level(3660, 300);
    expect(level(3720, 300).finding.active).toBe(true);
  });

  it("raises at once on the detector's own bit, even without a level", () => {
    expect(bit(0, true).finding).toEqual({
      active: true,
      severity: 'critical',
      value: null,
      since: atSecond(0),
    });
  });

  it('grows more severe and never less', () => {
    bit(0, true);
    every60(60, 180, 400);
    expect(level(240, 400).finding.severity).toBe('emergency');
    expect(every60(300, 1800, 60).finding).toMatchObject({ active: true, severity: 'emergency' });
  });

  describe('once raised', () => {
    beforeEach(() => {
      every60(0, 120, 300);
    });

    it('holds between clear and raise', () => {
      expect(every60(180, 7200, 30).finding.active).toBe(true);
    });

    it('ends after the whole clear time below', () => {
      expect(every60(180, 480, 29).finding.active).toBe(true);
      expect(level(540, 29).finding.active).toBe(false);
    });

    it('does not end while the bit is on', () => {
      bit(150, true);
      expect(every60(180, 3600, 0).finding.active).toBe(true);
      run.readings(3660, { 'co.ppm': 0 }, { 'co.alarm': false });
      expect(every60(3720, 3960, 0).finding.active).toBe(true);
      expect(level(4020, 0).finding.active).toBe(false);
    });

    it('does not end across blind time', () => {
      level(180, 0);
      expect(run.tick(3600).finding.active).toBe(true);
      expect(level(3600, 0).finding.active).toBe(true);
      expect(every60(3660, 3900, 0).finding.active).toBe(true);
      expect(level(3960, 0).finding.active).toBe(false);
    });
  });

  it('raises what is graver than its product declared only by the detector itself', () => {
    run = new RuleRun({ ...coRule, steps: [{ atLeastPpm: 70, forS: 60, severity: 'warning' }] });
    every60(0, 60, 80);
    expect(level(120, 80).finding.severity).toBe('warning');
    expect(bit(130, true).finding.severity).toBe('critical');
  });
});
