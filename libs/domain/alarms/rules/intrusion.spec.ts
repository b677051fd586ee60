// A door opened while armed: exit delay, entry delay, and what ends it.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { traitsOf } from './index.js';
import { atSecond, RuleRun } from './rule-run.fixture.js';

describe('intrusion', () => {
  let run: RuleRun;
  const door = (second: number, open: boolean) => run.readings(second, {}, { 'door.open': open });

  beforeEach(() => {
    run = new RuleRun({ kind: 'intrusion', bit: 'door.open' });
    door(0, false);
  });

  it('is of security, and ends when it is disarmed and not by a reset', () => {
    expect(traitsOf('intrusion', 'critical')).toEqual({ class: 'S', latched: false });
  });

  it('means nothing while people are at home', () => {
    expect(door(10, true)).toMatchObject({ finding: { active: false }, dueAtSecond: null });
    expect(run.tick(1000).finding.active).toBe(false);
  });

  it.each(['away', 'night'] as const)('raises after the entry delay when the home is in mode %s', mode => {
    run.mode(100, mode);
    expect(door(200, true)).toMatchObject({ finding: { active: false }, dueAtSecond: 230 });
    expect(run.tick(229.9).finding.active).toBe(false);
    expect(run.tick(230)).toMatchObject({
      finding: { active: true, severity: 'critical', since: atSecond(200) },
      dueAtSecond: null,
    });
  });

  it('lets people leave within the exit delay', () => {
    run.mode(100, 'away');
    expect(door(144.9, true).dueAtSecond).toBeNull();
    expect(run.tick(300).finding.active).toBe(false);
    door(310, false);
    expect(door(320, true).dueAtSecond).toBe(350);
  });

  it('arms at the very end of the exit delay', () => {
    run.mode(100, 'away');
    expect(door(145, true).dueAtSecond).toBe(175);
  });

  it('does not raise for a door that was open before', () => {
    door(90, true);
    run.mode(100, 'away');
    expect(door(200, true).dueAtSecond).toBeNull();
  });

  it('means nothing when it is disarmed within the entry delay, though the door stands open', () => {
    run.mode(100, 'away');
    door(200, true);
    expect(run.mode(229, 'home')).toMatchObject({ finding: { active: false }, dueAtSecond: null });
    expect(run.tick(1000).finding.active).toBe(false);
  });

  it('raises though the door is closed again at once', () => {
    run.mode(100, 'away');
    door(200, true);
    expect(door(202, false).dueAtSecond).toBe(230);
    expect(run.tick(230).finding.active).toBe(true);
  });

  it('goes on when the door is closed but nobody disarmed', () => {
    run.mode(100, 'away');
    door(200, true);
    run.tick(230);
    expect(door(240, false).finding.active).toBe(true);
    expect(run.tick(9000).finding.active).toBe(true);
  });

  it('goes on when it is disarmed and the door stands open, and ends when that is closed', () => {
    run.mode(100, 'away');
    door(200, true);
    run.tick(230);
    expect(run.mode(300, 'home').finding.active).toBe(true);
    expect(door(310, false).finding.active).toBe(false);
  });

  it('ends at disarming when the door was closed before', () => {
    run.mode(100, 'away');
    door(200, true);
    run.tick(230);
    door(240, false);
    expect(run.mode(300, 'home').finding.active).toBe(false);
  });

  it('knows no delay at the perimeter', () => {
    run = new RuleRun({ kind: 'intrusion', bit: 'door.open', entryDelayS: 0, exitDelayS: 0 });
    run.mode(0, 'night');
    expect(door(1, true).finding.active).toBe(true);
  });
});
