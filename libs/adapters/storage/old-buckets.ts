// Finds what of the history is too old, a handful of rows at a time, so that deleting them is a short commit.
import type BetterSqlite3 from 'better-sqlite3';

export interface BucketEnd {
  readonly stepMs: number;
  /** Buckets that begin before it may go. */
  readonly before: number;
}

export interface OldBuckets {
  readonly series: number;
  readonly stepMs: number;
  /** The beginning of the last one. */
  readonly through: number;
}

export interface OldBucketsPage {
  readonly old: readonly OldBuckets[];
  /** Where to go on; null when this was the end. */
  readonly next: number | null;
}

/** Of one deletion. */
const mostRows = 500;
/** Of one look: an answer comes soon, whatever waits behind it. */
const mostSeries = 2_000;

interface Span {
  readonly rows: number;
  readonly through: number | null;
}

export function oldBucketsFinder(
  handle: BetterSqlite3.Database,
): (ends: readonly BucketEnd[], from: number) => OldBucketsPage {
  const seriesFrom = handle
    .prepare<[number], number>(`SELECT id FROM history_series WHERE id >= ? ORDER BY id LIMIT ${mostSeries}`)
    .pluck();
  const oldest = handle.prepare<[number, number, number, number], Span>(
    `SELECT count(*) AS rows, max(start) AS through FROM (SELECT start FROM history_buckets
     WHERE series = ? AND step_ms = ? AND start < ? ORDER BY start LIMIT ?)`,
  );
  return (ends, from) => {
    const old: OldBuckets[] = [];
    const ids = seriesFrom.all(from);
    let room = mostRows;
    for (const series of ids) {
      for (const { stepMs, before } of ends) {
        const span = oldest.get(series, stepMs, before, room);
        if (!span || span.through === null) continue;
        old.push({ series, stepMs, through: span.through });
        room -= span.rows;
        // There may be more of the same series.
        if (room === 0) return { old, next: series };
      }
    }
    const last = ids.at(-1);
    return { old, next: ids.length < mostSeries || last === undefined ? null : last + 1 };
  };
}
