// An alarm that nobody acknowledges reaches further, and one that somebody has seen does not.
import { describe, expect, it } from '@jest/globals';
import { ruleSchema } from '#codecs/api';
import type { Alarm } from './alarm.js';
import { escalate } from './escalation.js';
import { shelve } from './handling.js';
import { type AlarmChange, acknowledge, end, follow, raise } from './life-cycle.js';

const now = 1_763_700_000_000;
const second = 1_000;
const minute = 60 * second;
const rule = ruleSchema.parse({ id: 'leak', kind: 'gas', reading: 'gas.lel' });
const door = ruleSchema.parse({ id: 'door', kind: 'left-open', bit: 'door.open' });
const silence = ruleSchema.parse({ id: 'silent', kind: 'silence' });
const found = (severity: 'major' | 'critical' | 'emergency') =>
  ({ active: true, severity, value: 12.5, since: now }) as const;
const gone = { active: false, severity: 'info', value: null, since: now } as const;
const occasion = { id: 'a1', deviceId: 'd1-1', epoch: 1, occurrence: 1, unit: null, receivedAt: now };
const raised = (of = rule) => raise(of, found(of === rule ? 'critical' : 'major'), occasion).alarm;

const changed = (change: AlarmChange | null): Alarm => {
  if (change === null) throw new Error('nothing changed');
  return change.alarm;
};
const stagesOf = (alarm: Alarm, at: number) => escalate(alarm, at).map(({ alarm: next }) => next.stage);
const last = (alarm: Alarm, at: number): Alarm => escalate(alarm, at).at(-1)?.alarm ?? alarm;

describe('the escalation', () => {
  it('of life safety: the next channel after 30 s, contacts after 2 minutes, everything left after 3, and no further', () => {
    let alarm = raised();
    const reached: [number, number][] = [];
    for (let at = now; at <= now + 30 * minute; at += second)
      for (const change of escalate(alarm, at)) {
        alarm = change.alarm;
        reached.push([alarm.stage, (at - now) / second]);
      }
    expect(reached).toEqual([
      [1, 30],
      [2, 120],
      [3, 180],
    ]);
    expect(alarm.timeline.filter(({ what }) => what === 'escalated')).toMatchObject([
      { stage: 1, at: now + 30 * second },
      { stage: 2, at: now + 2 * minute },
      { stage: 3, at: now + 3 * minute },
    ]);
  });

  it('catches up at once with all that came due while nobody was there', () => {
    expect(stagesOf(raised(), now + 2 * minute)).toEqual([1, 2]);
    expect(stagesOf(raised(), now + 60 * minute)).toEqual([1, 2, 3]);
  });

  it.each([
    ['security', door, [1]],
    ['technical', silence, []],
  ] as const)('of %s', (_, of, stages) => {
    expect(stagesOf(raised(of), now + 24 * 60 * minute)).toEqual(stages);
  });

  it('stops when somebody acknowledges, and when it is over', () => {
    const later = now + 60 * minute;
    expect(stagesOf(changed(acknowledge(raised(), 'lin', now + second)), later)).toEqual([]);
    expect(stagesOf(end(raised(), 'over', now + second, null).alarm, later)).toEqual([]);
  });

  it('waits while it is shelved', () => {
    const shelved = changed(shelve(raised(), now + 10 * minute, { by: 'lin', at: now + second }));
    expect(stagesOf(shelved, now + 10 * minute - 1)).toEqual([]);
    expect(last(shelved, now + 10 * minute).stage).toBe(1);
  });

  it('stays as far as it has got when it gets worse, and begins anew when somebody had seen it', () => {
    const at = now + 2 * minute;
    const worse = changed(follow(last(raised(), at), rule, found('emergency'), at));
    expect(worse).toMatchObject({ stage: 2, escalateAt: now + 3 * minute });
    const seen = changed(acknowledge(last(raised(), at), 'lin', at));
    expect(changed(follow(seen, rule, found('emergency'), at))).toMatchObject({
      stage: 0,
      escalateAt: at + 30 * second,
    });
  });

  it('goes on while the cause is gone and nobody has seen it, and begins anew when it is back after that', () => {
    const calm = changed(follow(raised(), rule, gone, now + second));
    expect(stagesOf(calm, now + 30 * second)).toEqual([1]);
    const seen = changed(acknowledge(calm, 'lin', now + 2 * second));
    expect(changed(follow(seen, rule, found('critical'), now + minute))).toMatchObject({
      stage: 0,
      escalateAt: now + 90 * second,
    });
  });
});
