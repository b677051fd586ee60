// A device whose clock is wrong: what it says happened at a time that cannot be, or that never catches up.
import { z } from 'zod';
import { instant, reviver } from './revive.js';
import { nothing, type RuleLogic, settled } from './rule-logic.js';

interface ClockState {
  /** Since when its clock is known to be wrong. */
  readonly wrongSince: number | null;
  /** Since when everything has come behind its time: a wrong clock, or messages that were kept for a while. */
  readonly behindSince: number | null;
}

const initial: ClockState = { wrongSince: null, behindSince: null };
const stored: z.ZodType<ClockState> = z.object({ wrongSince: instant, behindSince: instant });

/** What was kept while the network was away is said faster than this; a clock that is behind stays behind (practice). */
const catchUpMs = 30 * 60_000;

export const clock: RuleLogic<'clock', ClockState> = {
  traits: () => ({ class: 'T', latched: false }),
  order: 'none',
  initial,
  revive: reviver(stored, initial),

  see({ offByS }, before, seen) {
    if (seen.kind !== 'readings' || seen.claimed === undefined) return before;
    const { heardAt, lagMs } = seen.claimed;
    // Nothing is measured after it was heard.
    if (lagMs < -offByS * 1000)
      return settled(before, { wrongSince: before.wrongSince ?? heardAt, behindSince: null });
    if (lagMs <= offByS * 1000) return settled(before, initial);
    const behindSince = before.behindSince ?? heardAt;
    const isLasting = heardAt - behindSince >= catchUpMs;
    return settled(before, {
      wrongSince: before.wrongSince ?? (isLasting ? behindSince : null),
      behindSince,
    });
  },

  find(_rule, { wrongSince }) {
    if (wrongSince === null) return nothing;
    return { finding: { active: true, severity: 'minor', value: null, since: wrongSince }, dueAt: null };
  },

  isAtRest: () => true,
};
