// What the rule itself makes of a course: when it first alarms, or how much of the dose is used up at the end.
import { type CoPoint, coTimeS, ruleSchema } from '#codecs/api';
import { initialState, type Scene, stepRule } from '#domain/alarms';
import { intervalS, type Sample } from './profile.js';

export interface Verdict {
  /** Of the alarm, in milliseconds since the beginning; null: there was none. */
  readonly alarmAt: number | null;
  /** The share at the last sample, while there was no alarm. */
  readonly share: number;
}

export const points: readonly CoPoint[] = [
  { ppm: 50, afterS: 4500 },
  { ppm: 100, afterS: 1500 },
  { ppm: 300, afterS: 120 },
];

const rule = ruleSchema.parse({ id: 'co', kind: 'co', reading: 'co.ppm', points });
const scene: Scene = {
  intervalS,
  power: 'battery',
  region: 'EN',
  safetyClass: 'L',
  isBound: true,
  mode: 'home',
  modeSince: 0,
  lastHeardAt: 0,
  listeningSince: 0,
  madeAt: 0,
  readings: [],
};
const probePpm = 100;

export function engineOn(course: readonly Sample[]): Verdict {
  let state = initialState('co');
  let dueAt: number | null = null;
  for (const { at, ppm } of course) {
    const due = dueAt !== null && dueAt < at ? alarmSince(state, dueAt) : null;
    if (due !== null) return { alarmAt: due, share: 1 };
    const values = { 'co.ppm': ppm };
    const step = stepRule(rule, state, { kind: 'readings', at, values, bits: {} }, scene, null);
    if (isAlarm(step.finding.severity) && step.finding.active)
      return { alarmAt: step.finding.since, share: 1 };
    ({ state, dueAt } = step);
  }
  return { alarmAt: null, share: shareAt(state, course.at(-1)?.at ?? 0) };
}

function alarmSince(state: unknown, at: number): number | null {
  const { finding } = stepRule(rule, state, { kind: 'tick', at }, scene, null);
  return finding.active && isAlarm(finding.severity) ? finding.since : null;
}

/** A state shows its dose to nobody; but it says when a known level would make it full. */
function shareAt(state: unknown, at: number): number {
  const patient = { ...scene, intervalS: 86_400 };
  const probe = { kind: 'readings', at, values: { 'co.ppm': probePpm }, bits: {} } as const;
  let step = stepRule(rule, state, probe, patient, null);
  // The warning may be due before the alarm is.
  while (step.dueAt !== null && alarmSinceIn(step.state, step.dueAt, patient) === null)
    step = stepRule(rule, step.state, { kind: 'tick', at: step.dueAt }, patient, null);
  const fullAt = step.dueAt ?? at;
  return 1 - (fullAt - at) / (coTimeS(points, probePpm) * 1000);
}

function alarmSinceIn(state: unknown, at: number, around: Scene): number | null {
  const { finding } = stepRule(rule, state, { kind: 'tick', at }, around, null);
  return isAlarm(finding.severity) ? finding.since : null;
}

function isAlarm(severity: string): boolean {
  return severity === 'critical' || severity === 'emergency';
}
