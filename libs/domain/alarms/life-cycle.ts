// The life of an alarm: what a rule's finding, a person or time does to it. Pure; every change is returned as a value.
import type { Rule } from '#codecs/api';
import type { Alarm, AlarmEvent, EndReason } from './alarm.js';
import { chainEnded, chainFrom } from './chain.js';
import { firstRepeatAt, nextRepeatAt } from './repeats.js';
import { type Finding, isWorse, traitsOf } from './rules/index.js';

export type AlarmStep = AlarmEvent | 'repeat';

/** What happened to an alarm, with the alarm as it is afterwards. */
export interface AlarmChange {
  readonly alarm: Alarm;
  readonly step: AlarmStep;
}

/** What a new alarm takes beside the finding. */
export interface Occasion {
  readonly id: string;
  readonly deviceId: string;
  readonly epoch: number;
  readonly occurrence: number;
  readonly unit: string | null;
  readonly receivedAt: number;
}

export function raise(rule: Rule, finding: Finding, occasion: Occasion): AlarmChange {
  const at = occasion.receivedAt;
  const traits = traitsOf(rule.kind, finding.severity);
  const alarm: Alarm = {
    ...occasion,
    rule: rule.id,
    kind: rule.kind,
    class: traits.class,
    severity: finding.severity,
    isDrill: false,
    value: finding.value,
    occurredAt: Math.min(finding.since, at),
    raisedAt: at,
    acknowledgedAt: null,
    acknowledgedBy: null,
    calmAt: null,
    clearedAt: null,
    endReason: null,
    repeatAt: firstRepeatAt(rule, traits.class, at),
    repeats: 0,
    ...chainFrom(traits.class, at),
    timeline: [{ at, what: 'raised', by: null }],
  };
  return { alarm, step: 'raised' };
}

/** What a finding does to an open alarm; null: nothing. */
export function follow(alarm: Alarm, rule: Rule, finding: Finding, at: number): AlarmChange | null {
  if (finding.active) {
    if (alarm.calmAt !== null) return back(alarm, rule, finding, at);
    if (isWorse(finding.severity, alarm.severity)) {
      return tellAgain(alarm, rule, finding, at, 'worse');
    }
    return finding.isUnsteady && !alarm.timeline.some(({ what }) => what === 'unsteady')
      ? note(alarm, 'unsteady', at, null)
      : null;
  }
  if (alarm.calmAt !== null) return null;
  if (traitsOf(alarm.kind, alarm.severity).latched) return note({ ...alarm, calmAt: at }, 'calm', at, null);
  return end(alarm, alarm.kind === 'intrusion' ? 'disarmed' : 'over', at, null);
}

/** A late reading showed that it began earlier than was told: what was told stands, and is corrected. */
export function correct(alarm: Alarm, occurredAt: number, at: number): AlarmChange | null {
  if (occurredAt >= alarm.occurredAt) return null;
  const corrected = { ...alarm, occurredAt };
  // A whole night that comes late minute by minute is one correction.
  if (alarm.timeline.at(-1)?.what === 'corrected') return { alarm: corrected, step: 'corrected' };
  return note(corrected, 'corrected', at, null);
}

/** Acknowledging says "I have seen it": it stops the repeats and never ends the condition. Null: it was already. */
export function acknowledge(alarm: Alarm, by: string, at: number): AlarmChange | null {
  if (alarm.acknowledgedAt !== null) return null;
  const acknowledged = { ...alarm, acknowledgedAt: at, acknowledgedBy: by, repeatAt: null, ...chainEnded };
  return note(acknowledged, 'acknowledged', at, by);
}

/** Ends an alarm; of a latched one whose cause is gone, by a person. */
export function end(alarm: Alarm, reason: EndReason, at: number, by: string | null): AlarmChange {
  const calmAt = alarm.calmAt ?? (reason === 'ownership-changed' ? null : at);
  const ended = { ...alarm, calmAt, clearedAt: at, endReason: reason, repeatAt: null, ...chainEnded };
  return note(ended, 'cleared', at, by);
}

/** The next repetition, once it is due and nobody has acknowledged; null: none. */
export function repeat(
  alarm: Alarm,
  rule: Partial<Pick<Rule, 'repeatAfterS'>>,
  at: number,
): AlarmChange | null {
  if (alarm.repeatAt === null || alarm.repeatAt > at || alarm.clearedAt !== null) return null;
  const repeats = alarm.repeats + 1;
  return {
    alarm: { ...alarm, repeats, repeatAt: nextRepeatAt(rule, alarm.class, repeats, at) },
    step: 'repeat',
  };
}

function back(alarm: Alarm, rule: Rule, finding: Finding, at: number): AlarmChange {
  return tellAgain({ ...alarm, calmAt: null }, rule, finding, at, 'back');
}

/** Graver, or back again: whoever acknowledged before has not seen this. */
function tellAgain(
  alarm: Alarm,
  rule: Rule,
  finding: Finding,
  at: number,
  step: 'worse' | 'back',
): AlarmChange {
  const severity = isWorse(finding.severity, alarm.severity) ? finding.severity : alarm.severity;
  const traits = traitsOf(alarm.kind, severity);
  // As far as it has got while nobody has seen it, it reaches still.
  const goesOn = alarm.acknowledgedAt === null && traits.class === alarm.class;
  const again: Alarm = {
    ...alarm,
    ...(goesOn ? {} : chainFrom(traits.class, at)),
    severity,
    class: traits.class,
    value: finding.value,
    acknowledgedAt: null,
    acknowledgedBy: null,
    repeatAt: firstRepeatAt(rule, traits.class, at),
  };
  return note(again, step, at, null);
}

function note(alarm: Alarm, what: AlarmEvent, at: number, by: string | null): AlarmChange {
  return { alarm: { ...alarm, timeline: [...alarm.timeline, { at, what, by }] }, step: what };
}
