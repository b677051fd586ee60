// When an alarm that nobody acknowledged reaches further: gaps in seconds between the stages.
import type { AlarmClass } from '#codecs/api';
import type { Alarm } from './alarm.js';

/** 0: the first channels. 1: people's next channels. 2: the contacts of the home. 3: everything that is left. */
export const stages = { next: 1, contacts: 2, rest: 3 } as const;

/** L: 30 s, 2 min and 3 min after it was raised; S reaches further when it is repeated. */
const gapsS: Record<AlarmClass, readonly number[]> = { L: [30, 90, 60], S: [900], T: [], I: [] };

/** The chain from its beginning. */
export function chainFrom(of: AlarmClass, at: number): Pick<Alarm, 'stage' | 'escalateAt'> {
  return { stage: 0, escalateAt: nextStageAt(of, 0, at) };
}

/** Of an alarm that reaches no further. */
export const chainEnded = { escalateAt: null } as const;

/** @param at when the present stage was due */
export function nextStageAt(of: AlarmClass, stage: number, at: number): number | null {
  const gapS = gapsS[of][stage];
  return gapS === undefined ? null : at + gapS * 1000;
}
