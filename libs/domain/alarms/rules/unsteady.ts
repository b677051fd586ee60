// A condition that comes and goes faster than anybody can follow is held open, and its sensor is marked.
import { z } from 'zod';
import type { Severity } from '#codecs/api';
import type { Found } from './rule-logic.js';

export const unsteadiness = z.object({
  /** When it came or went, within the last minute. */
  flips: z.array(z.number()).readonly(),
  heldUntil: z.number().nullable(),
});
export type Unsteadiness = z.infer<typeof unsteadiness>;

const windowMs = 60_000;
const mostFlips = 3;
const holdMs = 5 * 60_000;

/**
 * @param open severity of the alarm that stands until now; null: none
 * @returns what is told of it, and what is to be remembered (`undefined`: nothing)
 */
export function steadied(
  before: Unsteadiness | undefined,
  found: Found,
  at: number,
  open: Severity | null,
): { readonly found: Found; readonly unsteady: Unsteadiness | undefined } {
  const isFlip = found.finding.active !== (open !== null);
  const heldUntil = before?.heldUntil ?? null;
  if (heldUntil !== null && at < heldUntil) {
    return { found: isFlip && open !== null ? held(found, at, open, heldUntil) : found, unsteady: before };
  }
  if (!isFlip) return { found, unsteady: heldUntil === null ? before : undefined };
  const flips = [...(before?.flips ?? []).filter(time => at - time < windowMs), at];
  if (flips.length < mostFlips) return { found, unsteady: { flips, heldUntil: null } };
  const until = at + holdMs;
  const told = open === null ? mark(found) : held(found, at, open, until);
  return { found: told, unsteady: { flips: [], heldUntil: until } };
}

function mark({ finding, dueAt }: Found): Found {
  return { finding: { ...finding, isUnsteady: true }, dueAt };
}

function held({ dueAt }: Found, at: number, severity: Severity, until: number): Found {
  return {
    finding: { active: true, severity, value: null, since: at, isUnsteady: true },
    dueAt: Math.min(dueAt ?? until, until),
  };
}
