// Whether a home was armed at a moment: not at home, and its people have had the time to leave.
import type { Scene } from './rule-logic.js';

export function isArmed({ mode, modeSince }: Scene, exitDelayS: number, at: number): boolean {
  return mode !== 'home' && at >= modeSince + exitDelayS * 1000;
}
