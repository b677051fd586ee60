// What kept messages back, each cause once: a channel that failed a hundred times is one cause, with a count.
import type { WhyView } from '#codecs/api';

type Reason = WhyView['reasons'][number];

export interface Cause extends Reason {
  readonly count: number;
  /** When it was met last; null: it has no time. */
  readonly lastAt: number | null;
}

/** In the order in which each was met first. */
export function causesOf(reasons: readonly Reason[]): Cause[] {
  const causes = new Map<string, Cause>();
  for (const reason of reasons) {
    const key = `${reason.why} ${reason.detail}`;
    const known = causes.get(key);
    causes.set(key, {
      ...reason,
      at: known?.at ?? reason.at,
      lastAt: reason.at ?? known?.lastAt ?? null,
      until: reason.until ?? known?.until ?? null,
      count: (known?.count ?? 0) + 1,
    });
  }
  return [...causes.values()];
}
