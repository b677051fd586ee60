// An episode: one time that a rule's condition held.
import type { Severity } from '#codecs/api';

/** One time that a condition held. */
export interface Episode {
  readonly since: number;
  /** The gravest that it came to. */
  readonly severity: Severity;
  readonly value: number | null;
  /** When it was found, and when it was over; null: it lasts. */
  readonly from: number;
  readonly until: number | null;
}

export function overlap(a: Episode, b: Episode): boolean {
  const end = ({ until }: Episode) => until ?? Number.POSITIVE_INFINITY;
  return a.since <= end(b) && b.since <= end(a);
}
