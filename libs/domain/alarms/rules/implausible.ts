// Values that cannot be: outside the range of the reading, faster than it can change, or the very same for a day.
import { z } from 'zod';
import { instant, reviver } from './revive.js';
import { nothing, quiet, type RuleLogic, type RuleOf, type Scene, settled, sightMs } from './rule-logic.js';

interface ImplausibleState {
  readonly value: number | null;
  /** When the value was last seen; null while nobody asks how fast it changes. */
  readonly seenAt: number | null;
  /** Since when it is the very same. */
  readonly sameSince: number | null;
  /** Since when it cannot be: outside its range, or after a jump. */
  readonly wrongSince: number | null;
}

const initial: ImplausibleState = { value: null, seenAt: null, sameSince: null, wrongSince: null };
const stored: z.ZodType<ImplausibleState> = z.object({
  value: z.number().nullable(),
  seenAt: instant,
  sameSince: instant,
  wrongSince: instant,
});

export const implausible: RuleLogic<'implausible', ImplausibleState> = {
  traits: () => ({ class: 'T', latched: false }),
  order: 'none',
  initial,
  revive: reviver(stored, initial),

  see(rule, before, seen, scene) {
    const value = seen.kind === 'readings' ? seen.values[rule.reading] : undefined;
    if (value === undefined) return before;
    const { at } = seen;
    const isWrong = isOutside(rule, value, scene) || hasJumped(rule, before, value, at);
    const wrongSince = isWrong ? (before.wrongSince ?? at) : null;
    const isSame = value === before.value;
    const isCompared = rule.mostPerS !== null || rule.stuckAfterS !== null || isWrong;
    return settled(before, {
      value: isCompared ? value : null,
      seenAt: rule.mostPerS === null ? null : at,
      sameSince: isSame && isCompared ? before.sameSince : isCompared ? at : null,
      wrongSince,
    });
  },

  find(rule, { value, sameSince, wrongSince }, at, scene) {
    if (wrongSince !== null)
      return { finding: { active: true, severity: 'minor', value, since: wrongSince }, dueAt: null };
    if (rule.stuckAfterS === null || sameSince === null) return nothing;
    const dueAt = sameSince + rule.stuckAfterS * 1000;
    if (at < dueAt) return quiet(dueAt);
    // What says nothing does not say the same: that is for the rule of silence.
    if (scene.lastHeardAt === null || at - scene.lastHeardAt > sightMs(scene)) return nothing;
    return { finding: { active: true, severity: 'minor', value, since: sameSince }, dueAt: null };
  },

  isAtRest: () => true,
};

function isOutside({ reading }: RuleOf<'implausible'>, value: number, { readings }: Scene): boolean {
  const declared = readings.find(({ name }) => name === reading);
  return declared !== undefined && (value < declared.min || value > declared.max);
}

/** Two values of one moment are no jump: nobody knows which came first. */
function hasJumped(
  { mostPerS }: RuleOf<'implausible'>,
  { value: before, seenAt }: ImplausibleState,
  value: number,
  at: number,
): boolean {
  if (mostPerS === null || before === null || seenAt === null || at <= seenAt) return false;
  return (Math.abs(value - before) * 1000) / (at - seenAt) > mostPerS;
}
