// An alarm: one occurrence of a raised condition, from the packet that raised it to its end.
import type { AlarmClass, AlarmState, AlarmView, RuleKind, Severity } from '#codecs/api';

export type EndReason = NonNullable<AlarmView['endReason']>;

/**
 * `escalated`: nobody acknowledged, so it reaches further. `corrected`: it began earlier than was told. `unsteady`: it
 * comes and goes, and is held open. `moved`: its device stands in another home now. `shelved`: a person wants no repeats for a while. `suppressed`: another alarm
 * explains it; `awaited`: that is over, and this one may be soon; `released`: it is not.
 */
export type AlarmEvent =
  | 'raised'
  | 'worse'
  | 'corrected'
  | 'unsteady'
  | 'moved'
  | 'escalated'
  | 'acknowledged'
  | 'shelved'
  | 'suppressed'
  | 'awaited'
  | 'released'
  | 'commented'
  | 'calm'
  | 'back'
  | 'cleared';

export interface TimelineEntry {
  readonly at: number;
  readonly what: AlarmEvent;
  /** The account that acted; null when the device or the rule did. */
  readonly by: string | null;
  /** What a person said to it; of `suppressed` the id of the alarm that explains it. */
  readonly text?: string;
  /** Of `shelved`: until when. */
  readonly until?: number;
  /** Of `escalated`: how far it reaches now. */
  readonly stage?: number;
}

export interface Alarm {
  readonly id: string;
  readonly deviceId: string;
  /** Of the ownership in which it was raised. */
  readonly epoch: number;
  /** Id of the product's rule. */
  readonly rule: string;
  readonly kind: RuleKind;
  readonly class: AlarmClass;
  readonly severity: Severity;
  /** Raised by the device's test button: nothing has happened. */
  readonly isDrill: boolean;
  /** Counts the occurrences of (device, rule, epoch) from 1. */
  readonly occurrence: number;
  readonly value: number | null;
  readonly unit: string | null;
  /** When the condition began, by the device's time where that is trusted. */
  readonly occurredAt: number;
  /** When the packet (or tick) that raised it arrived. */
  readonly receivedAt: number;
  readonly raisedAt: number;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  /** When the cause was gone; for a latched kind the alarm then waits for a person. */
  readonly calmAt: number | null;
  readonly clearedAt: number | null;
  readonly endReason: EndReason | null;
  /** Next repetition while nobody has acknowledged; null: none is due. */
  readonly repeatAt: number | null;
  readonly repeats: number;
  /** How far it reaches: see `stages`. */
  readonly stage: number;
  /** When it reaches further while nobody has acknowledged; null: it does not. */
  readonly escalateAt: number | null;
  readonly timeline: readonly TimelineEntry[];
}

export function alarmState(alarm: Alarm): AlarmState {
  if (alarm.clearedAt !== null) return 'cleared';
  if (alarm.calmAt !== null) return 'latched';
  return alarm.acknowledgedAt !== null ? 'acknowledged' : 'raised';
}
