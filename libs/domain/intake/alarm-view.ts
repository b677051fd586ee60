// An alarm as the people of its device see it.
import type { AlarmView, Standing } from '#codecs/api';
import { type Alarm, alarmAdvice, alarmState, alarmTitle } from '#domain/alarms';

/** @param nameOf gives a person's name for an account id */
export function alarmView(
  alarm: Alarm,
  deviceName: string,
  standing: Standing,
  nameOf: (accountId: string) => string,
): AlarmView {
  const { id, deviceId, rule, kind, severity, value, unit, raisedAt, occurredAt } = alarm;
  const { acknowledgedAt, acknowledgedBy, calmAt, clearedAt, endReason, timeline } = alarm;
  return {
    id,
    deviceId,
    deviceName,
    rule,
    kind,
    class: alarm.class,
    severity,
    state: alarmState(alarm),
    isDrill: alarm.isDrill,
    title: alarmTitle(alarm),
    advice: alarmAdvice(alarm),
    value,
    unit,
    raisedAt,
    occurredAt,
    acknowledgedAt,
    acknowledgedBy: acknowledgedBy === null ? null : nameOf(acknowledgedBy),
    calmAt,
    clearedAt,
    standing,
    endReason,
    timeline: timeline.map(entry => ({ ...entry, by: entry.by === null ? null : nameOf(entry.by) })),
  };
}
