// The life of an alarm, from the finding that raised it to its end.
import { describe, expect, it } from '@jest/globals';
import { type Rule, ruleSchema, type Severity } from '#codecs/api';
import { type Alarm, alarmState } from './alarm.js';
import { acknowledge, end, follow, raise, repeat } from './life-cycle.js';
import type { Finding } from './rules/index.js';

const start = 1_763_700_000_000;
const minutes = (count: number): number => start + count * 60_000;

const gas = ruleSchema.parse({ id: 'leak', kind: 'gas', reading: 'gas.lel' });
const door = ruleSchema.parse({ id: 'door', kind: 'intrusion', bit: 'door.open' });
const leftOpen = ruleSchema.parse({ id: 'fridge', kind: 'left-open', bit: 'door.open' });
const silence = ruleSchema.parse({ id: 'silent', kind: 'silence' });

const found = (severity: Severity = 'critical', value: number | null = 12.5): Finding => ({
  active: true,
  severity,
  value,
  since: start - 5000,
});
const gone: Finding = { active: false, severity: 'info', value: null, since: start };

function raised(rule: Rule = gas, finding: Finding = found()): Alarm {
  return raise(rule, finding, {
    id: 'alarm-1',
    deviceId: 'd1-1',
    epoch: 3,
    occurrence: 2,
    unit: '%LEL',
    receivedAt: start,
  }).alarm;
}

/** The alarm after a change that must have happened. */
function changed(change: { alarm: Alarm } | null): Alarm {
  if (change === null) throw new Error('nothing changed');
  return change.alarm;
}

/** The minutes at which an alarm that nobody acknowledges is told again. */
function repetitions(rule: Rule, count: number): number[] {
  let alarm = raised(rule);
  return Array.from({ length: count }, () => {
    const at = alarm.repeatAt ?? Number.NaN;
    alarm = changed(repeat(alarm, rule, at));
    return (at - start) / 60_000;
  });
}

describe('an alarm', () => {
  it('is raised once, with what raised it', () => {
    expect(raised()).toMatchObject({
      rule: 'leak',
      kind: 'gas',
      class: 'L',
      severity: 'critical',
      value: 12.5,
      occurrence: 2,
      epoch: 3,
      occurredAt: start - 5000,
      receivedAt: start,
      raisedAt: start,
      timeline: [{ at: start, what: 'raised', by: null }],
    });
    expect(alarmState(raised())).toBe('raised');
    expect(follow(raised(), gas, found(), minutes(1))).toBeNull();
  });

  it('did not occur after its packet arrived, whatever a clock says', () => {
    expect(raised(gas, { ...found(), since: start + 999_999 }).occurredAt).toBe(start);
  });

  it('grows worse, and then wants a person again', () => {
    const seen = changed(acknowledge(raised(), 'lin', minutes(1)));
    const worse = follow(seen, gas, found('emergency', 40), minutes(2));
    expect(worse).toMatchObject({
      step: 'worse',
      alarm: {
        severity: 'emergency',
        value: 40,
        acknowledgedAt: null,
        acknowledgedBy: null,
        repeatAt: minutes(3),
      },
    });
    expect(alarmState(changed(worse))).toBe('raised');
  });

  it('never grows less severe', () => {
    expect(follow(raised(gas, found('emergency')), gas, found('warning'), minutes(1))).toBeNull();
  });

  it('is acknowledged by one person, and does not end by it', () => {
    const seen = changed(acknowledge(raised(), 'lin', minutes(1)));
    expect(seen).toMatchObject({
      acknowledgedAt: minutes(1),
      acknowledgedBy: 'lin',
      repeatAt: null,
      clearedAt: null,
    });
    expect(alarmState(seen)).toBe('acknowledged');
    expect(acknowledge(seen, 'bo', minutes(2))).toBeNull();
    expect(repeat(seen, gas, minutes(1000))).toBeNull();
  });

  it('of a latched kind waits for a person when its cause is gone, and ends by a reset', () => {
    const calm = follow(raised(), gas, gone, minutes(5));
    expect(calm).toMatchObject({ step: 'calm', alarm: { calmAt: minutes(5), clearedAt: null } });
    expect(alarmState(changed(calm))).toBe('latched');
    expect(follow(changed(calm), gas, gone, minutes(6))).toBeNull();
    const over = end(changed(calm), 'reset', minutes(7), 'lin');
    expect(over).toMatchObject({
      step: 'cleared',
      alarm: {
        calmAt: minutes(5),
        clearedAt: minutes(7),
        endReason: 'reset',
        repeatAt: null,
      },
    });
    expect(alarmState(over.alarm)).toBe('cleared');
    expect(over.alarm.timeline.map(({ what, by }) => [what, by])).toEqual([
      ['raised', null],
      ['calm', null],
      ['cleared', 'lin'],
    ]);
  });

  it('is told again while it waits and nobody has acknowledged', () => {
    const calm = changed(follow(raised(), gas, gone, start + 30_000));
    expect(repeat(calm, gas, minutes(1))?.step).toBe('repeat');
  });

  it('comes back when the cause does, and then wants a person again', () => {
    const seen = changed(acknowledge(raised(), 'lin', minutes(1)));
    const back = follow(changed(follow(seen, gas, gone, minutes(5))), gas, found('critical', 15), minutes(6));
    expect(back).toMatchObject({
      step: 'back',
      alarm: {
        value: 15,
        calmAt: null,
        acknowledgedAt: null,
        repeatAt: minutes(7),
        occurrence: 2,
      },
    });
  });

  it('comes back no less severe than it was', () => {
    const calm = changed(follow(raised(gas, found('emergency')), gas, gone, minutes(5)));
    expect(changed(follow(calm, gas, found('critical'), minutes(6))).severity).toBe('emergency');
  });

  it.each([
    { rule: leftOpen, reason: 'over' },
    { rule: silence, reason: 'over' },
    { rule: door, reason: 'disarmed' },
  ])('of a kind that does not latch ends with its cause: $rule.kind, $reason', ({ rule, reason }) => {
    expect(follow(raised(rule), rule, gone, minutes(5))).toMatchObject({
      step: 'cleared',
      alarm: { calmAt: minutes(5), clearedAt: minutes(5), endReason: reason, repeatAt: null },
    });
  });

  it('ends with its ownership, and that is no word about its cause', () => {
    expect(end(raised(), 'ownership-changed', minutes(1), null).alarm).toMatchObject({
      calmAt: null,
      clearedAt: minutes(1),
      endReason: 'ownership-changed',
      repeatAt: null,
    });
  });

  it('is never told again once it is over', () => {
    const over = end(raised(), 'over', minutes(1), null).alarm;
    expect(repeat({ ...over, repeatAt: minutes(1) }, gas, minutes(9))).toBeNull();
  });
});

describe('an alarm that nobody acknowledges', () => {
  it('is told again after 1, 3 and 5 minutes and then every 10, where life is at stake', () => {
    expect(repetitions(gas, 6)).toEqual([1, 3, 5, 15, 25, 35]);
  });

  it('is told again every 15 minutes, where security is', () => {
    expect(repetitions(door, 3)).toEqual([15, 30, 45]);
  });

  it('is told once, where it is technical', () => {
    expect(raised(silence).repeatAt).toBeNull();
  });

  it("is told again by the product's own gaps, the last for ever", () => {
    expect(repetitions({ ...gas, repeatAfterS: [30, 90] }, 4)).toEqual([0.5, 2, 3.5, 5]);
    expect(repetitions({ ...silence, repeatAfterS: [60] }, 2)).toEqual([1, 2]);
  });

  it('is not told again before its time, and counts each time', () => {
    expect(repeat(raised(), gas, minutes(1) - 1)).toBeNull();
    expect(repeat(raised(), gas, minutes(1))).toMatchObject({
      step: 'repeat',
      alarm: { repeats: 1, repeatAt: minutes(3) },
    });
  });

  it('is told again once, and not for every time that was missed', () => {
    const late = changed(repeat(raised(), gas, minutes(60)));
    expect(late).toMatchObject({ repeats: 1, repeatAt: minutes(62) });
    expect(repeat(late, gas, minutes(60))).toBeNull();
  });
});
