// When an alarm that nobody acknowledged is told again: gaps in seconds, the last one for ever.
import type { AlarmClass, Rule } from '#codecs/api';

/** Where a rule has gaps of its own, those. */
type RepeatTerms = Partial<Pick<Rule, 'repeatAfterS'>>;

/** L after 1, 3 and 5 minutes and then every 10; S every 15; T and I once. */
const gapsS: Record<AlarmClass, readonly number[]> = {
  L: [60, 120, 120, 600],
  S: [900],
  T: [],
  I: [],
};

export function firstRepeatAt(rule: RepeatTerms, of: AlarmClass, raisedAt: number): number | null {
  return nextRepeatAt(rule, of, 0, raisedAt);
}

export function nextRepeatAt(rule: RepeatTerms, of: AlarmClass, repeats: number, at: number): number | null {
  const gaps = rule.repeatAfterS ?? gapsS[of];
  const gapS = gaps[Math.min(repeats, gaps.length - 1)];
  return gapS === undefined ? null : at + gapS * 1000;
}
