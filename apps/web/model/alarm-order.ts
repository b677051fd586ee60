// Which alarm comes first: open before over, unseen before seen, life safety and severity before age.
import type { AlarmClass, AlarmState, AlarmView, Severity } from '#codecs/api';

const stateRank: Record<AlarmState, number> = { raised: 0, latched: 1, acknowledged: 2, cleared: 3 };
const classRank: Record<AlarmClass, number> = { L: 0, S: 1, T: 2, I: 3 };
const severityRank: Record<Severity, number> = {
  emergency: 0,
  critical: 1,
  major: 2,
  minor: 3,
  warning: 4,
  info: 5,
};

export function isOpen(alarm: Pick<AlarmView, 'state'>): boolean {
  return alarm.state !== 'cleared';
}

function byUrgency(a: AlarmView, b: AlarmView): number {
  return (
    stateRank[a.state] - stateRank[b.state] ||
    classRank[a.class] - classRank[b.class] ||
    severityRank[a.severity] - severityRank[b.severity] ||
    b.raisedAt - a.raisedAt
  );
}

function byAge(a: AlarmView, b: AlarmView): number {
  return b.raisedAt - a.raisedAt;
}

export interface OrderedAlarms {
  /** The most urgent first. */
  readonly open: readonly AlarmView[];
  /** The newest first. */
  readonly over: readonly AlarmView[];
}

export function orderAlarms(alarms: readonly AlarmView[]): OrderedAlarms {
  return {
    open: alarms.filter(isOpen).sort(byUrgency),
    over: alarms.filter(alarm => !isOpen(alarm)).sort(byAge),
  };
}
