// Flammable gas: what raises, what holds, and what alone ends it.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { traitsOf } from './index.js';
import { atSecond, RuleRun, type Shown } from './rule-run.fixture.js';

const gasRule = { kind: 'gas', reading: 'gas.lel', bit: 'gas.alarm' };

describe('gas', () => {
  let run: RuleRun;
  const level = (second: number, lel: number): Shown => run.readings(second, { 'gas.lel': lel });
  const bit = (second: number, on: boolean): Shown => run.readings(second, {}, { 'gas.alarm': on });

  beforeEach(() => {
    run = new RuleRun(gasRule);
  });

  it('is of life safety and waits for a person', () => {
    expect(traitsOf('gas', 'critical')).toEqual({ class: 'L', latched: true });
  });

  it('stays quiet below the threshold', () => {
    for (const second of [0, 10, 20, 3600]) {
      expect(level(second, 9.99)).toMatchObject({ finding: { active: false }, dueAtSecond: null });
    }
  });

  it('raises at the second sample over the threshold, since the first', () => {
    expect(level(0, 10).finding.active).toBe(false);
    expect(level(5, 12.5).finding).toEqual({
      active: true,
      severity: 'critical',
      value: 12.5,
      since: atSecond(0),
    });
  });

  it('raises one sample that nobody follows by the clock, once it has held', () => {
    expect(level(0, 10)).toMatchObject({ finding: { active: false }, dueAtSecond: 30 });
    expect(run.tick(29.999)).toMatchObject({ finding: { active: false }, dueAtSecond: 30 });
    expect(run.tick(30)).toMatchObject({
      finding: { active: true, value: 10, since: atSecond(0) },
      dueAtSecond: null,
    });
  });

  it('takes a sample below the threshold as the end of what had not yet held', () => {
    level(0, 20);
    expect(level(10, 9)).toMatchObject({ finding: { active: false }, dueAtSecond: null });
    expect(run.tick(60).finding.active).toBe(false);
    expect(level(70, 20).finding.active).toBe(false);
  });

  it('does not take the level of the battery for a second sample of the air', () => {
    level(0, 20);
    expect(run.readings(5, { 'battery.percent': 80 }).finding.active).toBe(false);
    expect(level(6, 20).finding.active).toBe(true);
  });

  it("raises at once on the detector's own bit, whatever the level", () => {
    expect(bit(0, true).finding).toMatchObject({ active: true, severity: 'critical', since: atSecond(0) });
    expect(new RuleRun(gasRule).readings(0, { 'gas.lel': 0 }, { 'gas.alarm': true }).finding.active).toBe(
      true,
    );
  });

  it('knows no bit that its product did not declare', () => {
    run = new RuleRun({ kind: 'gas', reading: 'gas.lel' });
    expect(bit(0, true).finding.active).toBe(false);
  });

  describe('once raised', () => {
    beforeEach(() => {
      level(0, 20);
      level(10, 20);
    });

    it.each([5, 7, 9.99])('holds at %d %LEL, between clear and raise, however long', lel => {
      for (let second = 60; second <= 3600; second += 60) {
        expect(level(second, lel).finding.active).toBe(true);
      }
    });

    it('ends after readings below for the whole clear time', () => {
      for (let second = 60; second < 360; second += 60) expect(level(second, 4).finding.active).toBe(true);
      expect(level(359.9, 4).finding.active).toBe(true);
      expect(level(360, 4).finding.active).toBe(false);
    });

    it('counts the clear time anew from a reading that is not below', () => {
      for (const second of [60, 120, 180, 240]) level(second, 4);
      level(300, 5);
      for (const second of [360, 420, 480, 540, 600]) {
        expect(level(second, 4).finding.active).toBe(true);
      }
      expect(level(660, 4).finding.active).toBe(false);
    });

    it('never ends by time alone', () => {
      level(60, 0);
      for (const second of [360, 420, 86_400]) expect(run.tick(second).finding.active).toBe(true);
    });

    it('never ends by a reading of something else', () => {
      for (const second of [60, 120, 180, 240, 300]) level(second, 4);
      expect(run.readings(361, { 'battery.percent': 80 }).finding.active).toBe(true);
    });

    it('does not end across a silence: two low readings far apart say nothing of the time between', () => {
      level(60, 4);
      expect(level(3600, 4).finding.active).toBe(true);
      for (const second of [3660, 3720, 3780, 3840]) expect(level(second, 4).finding.active).toBe(true);
      expect(level(3900, 4).finding.active).toBe(false);
    });

    it('does not end while the bit is on, and counts from when it goes off', () => {
      bit(20, true);
      for (let second = 60; second <= 600; second += 60) expect(level(second, 0).finding.active).toBe(true);
      bit(630, false);
      for (let second = 660; second <= 900; second += 60) expect(level(second, 0).finding.active).toBe(true);
      expect(level(930, 0).finding.active).toBe(false);
    });

    it('can be raised again afterwards', () => {
      for (let second = 60; second <= 360; second += 60) level(second, 4);
      expect(level(420, 20).finding.active).toBe(false);
      expect(level(430, 20).finding).toMatchObject({ active: true, since: atSecond(420) });
    });
  });

  it('takes its figures from the product', () => {
    run = new RuleRun({
      ...gasRule,
      raiseAtLel: 5,
      clearBelowLel: 3,
      clearAfterS: 2,
      holdS: 1,
    });
    expect(level(0, 5).dueAtSecond).toBe(1);
    expect(run.tick(1).finding.active).toBe(true);
    level(2, 2);
    expect(level(3, 2).finding.active).toBe(true);
    expect(level(4, 2).finding.active).toBe(false);
  });
});
