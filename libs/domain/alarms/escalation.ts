// An alarm that nobody acknowledged reaches further.
import type { Alarm } from './alarm.js';
import { nextStageAt } from './chain.js';
import type { AlarmChange } from './life-cycle.js';

/**
 * Every stage that is due by now, one change each: whoever was down for ten minutes reaches all of them at once.
 * A stage is due from when the one before was due, however late the clock struck.
 */
export function escalate(alarm: Alarm, at: number): AlarmChange[] {
  const { escalateAt } = alarm;
  if (escalateAt === null || escalateAt > at || alarm.clearedAt !== null) return [];
  const stage = alarm.stage + 1;
  const next: Alarm = {
    ...alarm,
    stage,
    escalateAt: nextStageAt(alarm.class, stage, escalateAt),
    timeline: [...alarm.timeline, { at, what: 'escalated', by: null, stage }],
  };
  return [{ alarm: next, step: 'escalated' }, ...escalate(next, at)];
}
