// When an alarm that nobody acknowledged is told again: gaps in seconds, the last one for ever.
import type { AlarmClass, Rule } from '#codecs/api';
import { classOf } from './rules/index.js';

/** L after 1, 3 and 5 minutes and then every 10; S every 15; T and I once. */
const gapsS: Record<AlarmClass, readonly number[]> = {
  L: [60, 120, 120, 600],
  S: [900],
  T: [],
  I: [],
};

export function firstRepeatAt(rule: Rule, raisedAt: number): number | null {
  return nextRepeatAt(rule, 0, raisedAt);
}

export function nextRepeatAt(rule: Rule, repeats: number, at: number): number | null {
  const gaps = rule.repeatAfterS ?? gapsS[classOf(rule.kind)];
  const gapS = gaps[Math.min(repeats, gaps.length - 1)];
  return gapS === undefined ? null : at + gapS * 1000;
}
