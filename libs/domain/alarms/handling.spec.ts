// Shelving, remarks and explained alarms: what they hold back, and what they never do.
import { describe, expect, it } from '@jest/globals';
import { ruleSchema, type Severity } from '#codecs/api';
import type { Alarm } from './alarm.js';
import { comment, mostShelfMs, release, shelve, shelvedUntil, suppress, suppressedBy } from './handling.js';
import { acknowledge, end, follow, raise, repeat } from './life-cycle.js';

const start = 1_763_700_000_000;
const minutes = (count: number): number => start + count * 60_000;
const gas = ruleSchema.parse({ id: 'leak', kind: 'gas', reading: 'gas.lel' });
const silence = ruleSchema.parse({ id: 'silent', kind: 'silence', repeatAfterS: [60] });

function raised(rule = gas, severity: Severity = 'critical', id = 'alarm'): Alarm {
  const finding = { active: true, severity, value: null, since: start };
  const of = { id, deviceId: 'd', epoch: 1, occurrence: 1, unit: null, receivedAt: start };
  return raise(rule, finding, of).alarm;
}

function changed(change: { alarm: Alarm } | null): Alarm {
  if (change === null) throw new Error('nothing changed');
  return change.alarm;
}

const lin = { by: 'lin', at: minutes(1) };

describe('shelving', () => {
  it('holds the repeats back until its end, with who and why', () => {
    const shelved = changed(shelve(raised(), minutes(11), { ...lin, text: 'we are cooking' }));
    expect(repeat(shelved, gas, minutes(10))).toBeNull();
    expect(repeat(shelved, gas, minutes(11))).not.toBeNull();
    expect(shelved.timeline.at(-1)).toEqual({
      at: minutes(1),
      what: 'shelved',
      by: 'lin',
      until: minutes(11),
      text: 'we are cooking',
    });
    expect(shelvedUntil(shelved, minutes(10))).toBe(minutes(11));
    expect(shelvedUntil(shelved, minutes(11))).toBeNull();
  });

  it('of a danger to life ends after ten minutes', () => {
    expect(shelve(raised(), minutes(11) + 1, lin)).toBeNull();
    expect(mostShelfMs(raised())).toBe(10 * 60_000);
    expect(shelve(raised(silence, 'major'), minutes(24 * 60), lin)).not.toBeNull();
  });

  it('does not keep what is graver from being told', () => {
    const shelved = changed(shelve(raised(), minutes(11), lin));
    const worse = { active: true, severity: 'emergency', value: 40, since: start } as const;
    const change = follow(shelved, gas, worse, minutes(2));
    expect(change).toMatchObject({ step: 'worse', alarm: { repeatAt: minutes(3) } });
    expect(shelvedUntil(changed(change), minutes(2))).toBeNull();
  });

  it('brings no repeats back to what somebody has seen', () => {
    const seen = changed(acknowledge(raised(), 'lin', minutes(1)));
    expect(changed(shelve(seen, minutes(5), lin)).repeatAt).toBeNull();
  });

  it('is not for what is over, nor into the past', () => {
    expect(shelve(end(raised(), 'reset', minutes(1), 'lin').alarm, minutes(5), lin)).toBeNull();
    expect(shelve(raised(), minutes(1), lin)).toBeNull();
  });
});

describe('a remark', () => {
  it('stands in the timeline and changes nothing else', () => {
    const { timeline, ...others } = changed(comment(raised(), { ...lin, text: 'the plumber comes at 5' }));
    const { timeline: before, ...same } = raised();
    expect(others).toEqual(same);
    expect(timeline).toEqual([
      ...before,
      { at: minutes(1), what: 'commented', by: 'lin', text: 'the plumber comes at 5' },
    ]);
    expect(comment(raised(), { ...lin, text: '' })).toBeNull();
  });
});

describe('an alarm that another one explains', () => {
  const hub = raised(silence, 'minor', 'hub');

  it('is told to nobody until that is over', () => {
    const quiet = changed(suppress(raised(silence, 'minor'), hub, 'S', minutes(1)));
    expect(suppressedBy(quiet)).toBe('hub');
    expect(repeat(quiet, silence, minutes(60))).toBeNull();
    expect(suppress(quiet, hub, 'S', minutes(2))).toBeNull();
    const told = release(quiet, silence, minutes(10));
    expect(told).toMatchObject({ step: 'released', alarm: { repeatAt: minutes(11) } });
    expect(suppressedBy(changed(told))).toBeNull();
    expect(release(changed(told), silence, minutes(12))).toBeNull();
  });

  it('is never one of life safety, nor of a life safety device', () => {
    expect(suppress(raised(), hub, 'S', minutes(1))).toBeNull();
    expect(suppress(raised(silence, 'major'), hub, 'L', minutes(1))).toBeNull();
  });

  it('that is over is not told afterwards', () => {
    const quiet = changed(suppress(raised(silence, 'minor'), hub, 'S', minutes(1)));
    expect(release(end(quiet, 'over', minutes(5), null).alarm, silence, minutes(10))).toBeNull();
  });
});
