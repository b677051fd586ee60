// What keeps a device trustworthy: its battery, its age, plausible values; and motion, which is only told when armed.
import { describe, expect, it } from '@jest/globals';
import { traitsOf } from './index.js';
import { atSecond, RuleRun } from './rule-run.fixture.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

describe('a battery', () => {
  const begin = (rule: object = {}) => new RuleRun({ kind: 'battery', reading: 'percent', ...rule });
  const percent = (run: RuleRun, second: number, level: number) => run.readings(second, { percent: level });

  it('is low when it is under 20 % twice, an hour apart', () => {
    const run = begin();
    expect(percent(run, 0, 19).finding.active).toBe(false);
    expect(percent(run, hour - 1, 19).finding.active).toBe(false);
    expect(percent(run, hour, 19).finding).toMatchObject({
      active: true,
      severity: 'minor',
      since: atSecond(0),
    });
  });

  it('is not low because of one cold night', () => {
    const run = begin();
    percent(run, 0, 19);
    percent(run, 1800, 21);
    expect(percent(run, hour, 19).finding.active).toBe(false);
  });

  it('is very low under 10 %, and charged again over 30 %', () => {
    const run = begin();
    percent(run, 0, 9);
    expect(percent(run, hour, 9).finding.severity).toBe('major');
    run.restart();
    expect(percent(run, 2 * hour, 30).finding.active).toBe(true);
    expect(percent(run, 3 * hour, 31).finding.active).toBe(false);
  });

  it('of a life safety device gives 30 days of notice at its own pace', () => {
    const run = begin();
    const shown = [];
    for (let days = 0; days <= 40; days++) shown.push(percent(run, days * day, 90 - 1.5 * days).finding);
    const first = shown.findIndex(({ active }) => active);
    // 1.5 % a day: 30 days before it is empty there are 45 % left.
    expect(90 - 1.5 * first).toBeGreaterThan(40);
    expect(90 - 1.5 * first).toBeLessThan(46);
  });

  it('writes nothing while nothing changes', () => {
    const run = begin();
    percent(run, 0, 80);
    const { state } = run;
    for (let days = 1; days < 14; days++) percent(run, days * day, 80 - days / 100);
    expect(run.state).toBe(state);
  });
});

describe('the end of life', () => {
  it('comes with the age of a bound device, by the clock', () => {
    const run = new RuleRun({ kind: 'end-of-life', afterMonths: 1 });
    run.scene = { ...run.scene, madeAt: atSecond(0) };
    expect(run.tick(30 * day).finding.active).toBe(false);
    expect(run.tick(31 * day).finding).toMatchObject({ active: true, severity: 'major' });
    run.scene = { ...run.scene, isBound: false };
    expect(run.tick(32 * day).finding.active).toBe(false);
  });

  it('comes when the device says so, and does not go away', () => {
    const run = new RuleRun({ kind: 'end-of-life', bit: 'old' });
    expect(run.readings(0, {}, { old: false }).finding.active).toBe(false);
    run.readings(60, {}, { old: true });
    run.restart();
    expect(run.readings(120, {}, { old: false }).finding).toMatchObject({
      active: true,
      since: atSecond(60),
    });
  });
});

describe('a value', () => {
  const readings = [{ name: 'level', label: { zh: '值', en: 'Level' }, unit: '', min: 0, max: 100 }];
  const begin = (rule: object = {}) => {
    const run = new RuleRun({ kind: 'implausible', reading: 'level', ...rule });
    run.scene = { ...run.scene, readings, lastHeardAt: atSecond(1e9) };
    return run;
  };
  const level = (run: RuleRun, second: number, value: number) => run.readings(second, { level: value });

  it.each([-0.1, 100.1])('outside its range is not plausible: %d', value => {
    const run = begin();
    expect(level(run, 0, value).finding).toMatchObject({ active: true, severity: 'minor', value });
    run.restart();
    expect(run.tick(60).finding.active).toBe(true);
    expect(level(run, 120, 50).finding.active).toBe(false);
  });

  it('that jumps faster than it can is not plausible', () => {
    const run = begin({ mostPerS: 1 });
    level(run, 0, 10);
    expect(level(run, 10, 20).finding.active).toBe(false);
    expect(level(run, 20, 31).finding.active).toBe(true);
    expect(level(run, 30, 31).finding.active).toBe(false);
  });

  it('that is the very same for a day is stuck, while the device goes on speaking', () => {
    const run = begin();
    for (let at = 0; at < day; at += hour) expect(level(run, at, 7).finding.active).toBe(false);
    expect(level(run, day, 7).finding.active).toBe(true);
    expect(level(run, day + hour, 7.1).finding.active).toBe(false);
    run.scene = { ...run.scene, lastHeardAt: atSecond(day + hour) };
    expect(run.tick(3 * day).finding.active).toBe(false);
  });
});

describe('motion', () => {
  const begin = () => {
    const run = new RuleRun({ kind: 'motion', bit: 'motion' });
    run.mode(0, 'away');
    return run;
  };
  const moves = (run: RuleRun, second: number, on: boolean) => run.readings(second, {}, { motion: on });

  it('is of security', () => {
    expect(traitsOf('motion', 'minor')).toEqual({ class: 'S', latched: false });
  });

  it('means nothing while people are at home, nor while they leave', () => {
    const run = new RuleRun({ kind: 'motion', bit: 'motion' });
    expect(moves(run, 0, true).finding.active).toBe(false);
    moves(run, 10, false);
    run.mode(20, 'away');
    expect(moves(run, 64, true).finding.active).toBe(false);
  });

  it('is one event until it has been still for half a minute, and for a minute at least', () => {
    const run = begin();
    expect(moves(run, 100, true).finding).toMatchObject({
      active: true,
      severity: 'minor',
      since: atSecond(100),
    });
    moves(run, 105, false);
    expect(moves(run, 120, true).finding.since).toBe(atSecond(100));
    expect(moves(run, 125, false)).toMatchObject({ finding: { active: true }, dueAtSecond: 160 });
    expect(moves(run, 150, true).finding.since).toBe(atSecond(100));
    expect(moves(run, 155, false)).toMatchObject({ dueAtSecond: 185 });
    run.restart();
    expect(run.tick(184).finding.active).toBe(true);
    expect(run.tick(185).finding.active).toBe(false);
    expect(moves(run, 300, true).finding.since).toBe(atSecond(300));
  });

  it('ends when somebody comes home', () => {
    const run = begin();
    moves(run, 100, true);
    expect(run.mode(110, 'home').finding.active).toBe(false);
  });
});

describe('what stays open', () => {
  it.each([
    { place: 'entrance', minutes: 5 },
    { place: 'window', minutes: 15 },
    { place: 'fridge', minutes: 2 },
  ])('at the $place is told after $minutes minutes', ({ place, minutes }) => {
    const run = new RuleRun({ kind: 'left-open', bit: 'open', place });
    expect(run.readings(0, {}, { open: true }).dueAtSecond).toBe(minutes * minute);
  });
});

describe('a condition that comes and goes', () => {
  const bits = (run: RuleRun, second: number, on: boolean) => run.readings(second, {}, { bit: on });

  it('three times in a minute is held open for five minutes, and marked', () => {
    const run = new RuleRun({ kind: 'fault', bit: 'bit' });
    bits(run, 0, true);
    expect(bits(run, 10, false).finding.active).toBe(false);
    expect(bits(run, 20, true).finding).toMatchObject({ active: true, isUnsteady: true });
    expect(bits(run, 30, false)).toMatchObject({ finding: { active: true }, dueAtSecond: 320 });
    run.restart();
    expect(bits(run, 40, true).finding.active).toBe(true);
    expect(bits(run, 50, false).finding.active).toBe(true);
    expect(run.tick(319).finding.active).toBe(true);
    expect(run.tick(320).finding.active).toBe(false);
  });

  it('slowly is told each time', () => {
    const run = new RuleRun({ kind: 'fault', bit: 'bit' });
    for (let second = 0; second < 600; second += 60) {
      expect(bits(run, second, true).finding.active).toBe(true);
      expect(bits(run, second + 40, false).finding.active).toBe(false);
    }
  });
});
