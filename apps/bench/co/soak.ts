// The soak of the CO rule: very many random courses, on which it must agree with two integrators that know nothing of it.
import { parseArgs } from 'node:util';
import { closedFormOn } from './closed-form.js';
import { engineOn, type Verdict } from './engine.js';
import { millisecondsOn } from './millisecond.js';
import { courseOf } from './profile.js';

export interface CoSoak {
  readonly courses: number;
  readonly alarms: number;
  /** Seeds of the courses on which the two do not agree. */
  readonly disagreements: readonly number[];
  readonly worstMs: number;
  readonly worstShare: number;
}

/** Rounding to milliseconds at each end, and what the rule calls negligible, at the slowest pace of the curve. */
const mostMs = 50;
const mostShare = 1e-5;

/** @param integrate the other opinion */
export function soakCo(
  courses: number,
  seed: number,
  integrate: (course: ReturnType<typeof courseOf>) => Verdict,
): CoSoak {
  const disagreements: number[] = [];
  let alarms = 0;
  let worstMs = 0;
  let worstShare = 0;
  for (let run = 0; run < courses; run++) {
    const course = courseOf(seed + run);
    const [ours, theirs] = [engineOn(course), integrate(course)];
    const differenceMs = Math.abs((ours.alarmAt ?? 0) - (theirs.alarmAt ?? 0));
    const difference = Math.abs(ours.share - theirs.share);
    const agree = differenceMs <= mostMs && difference <= mostShare;
    if (!agree) disagreements.push(seed + run);
    if (ours.alarmAt !== null) alarms++;
    worstMs = Math.max(worstMs, differenceMs);
    worstShare = Math.max(worstShare, difference);
  }
  return { courses, alarms, disagreements, worstMs, worstShare };
}

export function soakCoCommand(words: readonly string[]): number {
  const { values } = parseArgs({
    args: [...words],
    options: {
      courses: { type: 'string', default: '100000' },
      fine: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
    },
  });
  const seed = Number(values.seed);
  const closedForm = soakCo(Number(values.courses), seed, closedFormOn);
  const milliseconds = soakCo(Number(values.fine), seed, millisecondsOn);
  process.stdout.write(`${JSON.stringify({ soak: 'co', seed, closedForm, milliseconds })}\n`);
  return closedForm.disagreements.length + milliseconds.disagreements.length === 0 ? 0 : 1;
}
