// Motion while the home is armed: one event from the first movement until all has been still, for at least the cooldown.
import { z } from 'zod';
import { isArmed } from './arming.js';
import { instant, reviver } from './revive.js';
import { nothing, type RuleLogic, settled } from './rule-logic.js';

interface MotionState {
  /** The armed movement that began the event. */
  readonly since: number | null;
  readonly moves: boolean;
  /** When it was last seen to move. */
  readonly movedAt: number | null;
}

const initial: MotionState = { since: null, moves: false, movedAt: null };
const stored: z.ZodType<MotionState> = z.object({ since: instant, moves: z.boolean(), movedAt: instant });

export const motion: RuleLogic<'motion', MotionState> = {
  traits: () => ({ class: 'S', latched: false }),
  order: 'modes-too',
  initial,
  revive: reviver(stored, initial),

  see(rule, before, seen, scene) {
    const moves = (seen.kind === 'readings' ? seen.bits[rule.bit] : undefined) ?? before.moves;
    const armed = isArmed(scene, rule.exitDelayS, seen.at);
    const endsAt = endOf(rule, before);
    const goesOn = before.since !== null && (endsAt === null || seen.at < endsAt) && scene.mode !== 'home';
    if (!goesOn && !(moves && armed)) return settled(before, { since: null, moves, movedAt: null });
    const isWord = seen.kind === 'readings' && rule.bit in seen.bits;
    const movedAt = moves || (before.moves && isWord) ? seen.at : before.movedAt;
    return settled(before, { since: goesOn ? before.since : seen.at, moves, movedAt });
  },

  find(rule, state, at) {
    const { since } = state;
    const endsAt = endOf(rule, state);
    if (since === null || (endsAt !== null && at >= endsAt)) return nothing;
    return { finding: { active: true, severity: 'minor', value: null, since }, dueAt: endsAt };
  },

  isAtRest: ({ since, moves }) => since === null && !moves,
};

/** Still for `stillS`, and not before the cooldown is over; null while it moves. */
function endOf(
  { cooldownS, stillS }: { cooldownS: number; stillS: number },
  { since, moves, movedAt }: MotionState,
): number | null {
  if (since === null || movedAt === null || moves) return null;
  return Math.max(movedAt + stillS * 1000, since + cooldownS * 1000);
}
