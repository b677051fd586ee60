// A door that stays open longer than it should.
import { describe, expect, it } from '@jest/globals';
import { traitsOf } from './index.js';
import { atSecond, RuleRun } from './rule-run.fixture.js';

describe('left open', () => {
  const door = (run: RuleRun, second: number, open: boolean) =>
    run.readings(second, {}, { 'door.open': open });
  const rule = { kind: 'left-open', bit: 'door.open' };

  it('is of security and over when it is over', () => {
    expect(traitsOf('left-open', 'warning')).toEqual({ class: 'S', latched: false });
  });

  it('warns when the door has been open for five minutes, since it was opened', () => {
    const run = new RuleRun(rule);
    expect(door(run, 0, false).dueAtSecond).toBeNull();
    expect(door(run, 10, true)).toMatchObject({ finding: { active: false }, dueAtSecond: 310 });
    expect(run.tick(309.999).finding.active).toBe(false);
    expect(run.tick(310)).toMatchObject({
      finding: { active: true, severity: 'warning', since: atSecond(10) },
      dueAtSecond: null,
    });
  });

  it('counts from the first "open", however often it is said again', () => {
    const run = new RuleRun(rule);
    for (const second of [0, 100, 200, 299]) expect(door(run, second, true).finding.active).toBe(false);
    expect(door(run, 300, true).finding.active).toBe(true);
  });

  it('forgets it when the door is closed in time, and is over when it is closed late', () => {
    const run = new RuleRun(rule);
    door(run, 0, true);
    expect(door(run, 200, false)).toMatchObject({ finding: { active: false }, dueAtSecond: null });
    expect(run.tick(300).finding.active).toBe(false);
    door(run, 400, true);
    expect(run.tick(700).finding.active).toBe(true);
    expect(door(run, 800, false).finding.active).toBe(false);
  });

  it('learns nothing of the door from other readings', () => {
    const run = new RuleRun({ ...rule, afterS: 60 });
    door(run, 0, true);
    expect(run.readings(30, { 'battery.percent': 80 }).dueAtSecond).toBe(60);
    expect(run.readings(60, { 'battery.percent': 80 }).finding.active).toBe(true);
  });
});
