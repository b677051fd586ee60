// Rules on one bit: how long it must stand to raise, and how long it must be off to clear, as a table's row.
import { z } from 'zod';
import type { Rule, Severity } from '#codecs/api';
import { instant, reviver } from './revive.js';
import { type Logic, nothing, quiet, settled, sightMs, type Traits } from './rule-logic.js';

interface BitState {
  readonly onSince: number | null;
  /** Of the bit as it is: a second sample that says the same confirms it. */
  readonly isConfirmed: boolean;
  readonly offSince: number | null;
  /** Of the last sample, while the present state counts from one to the next. */
  readonly seenAt: number | null;
  /** Off for long enough; what says so again is no news. */
  readonly isOver: boolean;
}

const initial: BitState = { onSince: null, isConfirmed: false, offSince: null, seenAt: null, isOver: false };
const rested: BitState = { ...initial, isOver: true };
const stored: z.ZodType<BitState> = z.object({
  onSince: instant,
  isConfirmed: z.boolean(),
  offSince: instant,
  seenAt: instant,
  isOver: z.boolean(),
});

/** What differs between the kinds that watch one bit. */
export interface BitKind<R> {
  readonly traits: Traits;
  readonly severity: Severity;
  /** On for this long it raises, or at its second sample; 0: at once. */
  readonly holdMs: (rule: R) => number;
  /** Samples must say "off" for this long. */
  readonly clearMs: (rule: R) => number;
}

export function bitRule<R extends Rule & { readonly bit: string }>(kind: BitKind<R>): Logic<R, BitState> {
  return {
    traits: () => kind.traits,
    order: 'always',
    initial,
    revive: reviver(stored, initial),

    see(rule, before, seen, scene) {
      const on = seen.kind === 'readings' ? seen.bits[rule.bit] : undefined;
      if (on === undefined || (!on && before.isOver)) return before;
      const { at } = seen;
      if (on) {
        const { onSince } = before;
        return settled(before, { ...initial, onSince: onSince ?? at, isConfirmed: onSince !== null });
      }
      const isSighted = before.seenAt !== null && at - before.seenAt <= sightMs(scene);
      const offSince = (isSighted ? before.offSince : null) ?? at;
      return at - offSince >= kind.clearMs(rule) ? rested : { ...initial, offSince, seenAt: at };
    },

    find(rule, state, at, _scene, open) {
      const { onSince, isConfirmed, isOver } = state;
      const { severity } = kind;
      if (onSince === null) {
        if (open === null || isOver) return nothing;
        return { finding: { active: true, severity, value: null, since: at }, dueAt: null };
      }
      const raiseAt = onSince + kind.holdMs(rule);
      if (isConfirmed || at >= raiseAt || open !== null)
        return { finding: { active: true, severity, value: null, since: onSince }, dueAt: null };
      return quiet(raiseAt);
    },

    isAtRest: ({ onSince, offSince, isOver }) => onSince === null && (isOver || offSince === null),
  };
}
