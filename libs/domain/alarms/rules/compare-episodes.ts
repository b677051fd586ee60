// What a changed rule would have done on history: what it finds too, what it misses, and what it finds otherwise.
import { type Episode, overlap } from './episode.js';

export interface RuleDifference {
  readonly same: readonly Episode[];
  /** Found by both, but not with the same beginning, end or severity. */
  readonly changed: readonly { readonly before: Episode; readonly after: Episode }[];
  /** Found by the rule as it is alone, and by the changed one alone. */
  readonly lost: readonly Episode[];
  readonly gained: readonly Episode[];
}

export function compareEpisodes(before: readonly Episode[], after: readonly Episode[]): RuleDifference {
  const pairs = before.flatMap(one => {
    const other = after.find(candidate => overlap(one, candidate));
    return other === undefined ? [] : [{ before: one, after: other }];
  });
  return {
    same: pairs.filter(isSame).map(pair => pair.before),
    changed: pairs.filter(pair => !isSame(pair)),
    lost: before.filter(one => !after.some(other => overlap(one, other))),
    gained: after.filter(one => !before.some(other => overlap(one, other))),
  };
}

function isSame({ before, after }: { readonly before: Episode; readonly after: Episode }): boolean {
  return before.since === after.since && before.until === after.until && before.severity === after.severity;
}
