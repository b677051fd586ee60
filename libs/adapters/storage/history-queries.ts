// What the history is asked, in SQL that both databases take: SQLite reads `$1` as a name, PostgreSQL as a place.
import type { Bucket, BucketQuery, EventQuery, HistoryEvent } from '#domain/intake';
import type { RawRow } from './record-shape.js';

export interface Question<T> {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  toValue(row: RawRow): T;
}

/** The casts make whole numbers of what SQLite is given as floating ones, so that the division is one of whole numbers. */
const bucketsSql = `
  SELECT (start - CAST($5 AS bigint)) / CAST($7 AS bigint) AS place,
    min(lowest) AS lowest, max(highest) AS highest, sum(total) AS total, sum(samples) AS samples
  FROM history_buckets
  WHERE series = (SELECT id FROM history_series WHERE device_id = $1 AND epoch = $2 AND reading = $3)
    AND step_ms = $4 AND start >= CAST($5 AS bigint) AND start < CAST($6 AS bigint)
  GROUP BY place ORDER BY place`;

const eventsSql = `
  SELECT at, name, state FROM history_events
  WHERE device_id = $1 AND epoch = $2 AND at >= $3 AND at < $4 ORDER BY at DESC, id DESC LIMIT $5`;

export function bucketsQuestion(query: BucketQuery): Question<Bucket> {
  const { deviceId, epoch, reading, stepMs, from, to, bucketMs } = query;
  return {
    sql: bucketsSql,
    parameters: [deviceId, epoch, reading, stepMs, from, to, bucketMs],
    toValue: row => ({
      at: from + Number(row.place) * bucketMs,
      min: Number(row.lowest),
      max: Number(row.highest),
      mean: Number(row.total) / Number(row.samples),
      count: Number(row.samples),
    }),
  };
}

export function eventsQuestion({ deviceId, epoch, from, to, limit }: EventQuery): Question<HistoryEvent> {
  return {
    sql: eventsSql,
    parameters: [deviceId, epoch, from, to, limit],
    toValue: ({ at, name, state }) => ({
      at: Number(at),
      name: String(name),
      on: state === null ? null : Boolean(state),
    }),
  };
}

/** The key of a row of `stamp_ranges`. */
export interface OldStamps {
  readonly deviceId: string;
  readonly boot: number;
  readonly first: number;
}

/** On SQLite alone: a look at every row of a table that has a few for each device. */
export const oldStampsSql = `
  SELECT device_id AS "deviceId", boot, first FROM stamp_ranges
  WHERE newest_id < (SELECT min(id) FROM inputs) LIMIT ?`;

/**
 * The oldest rows of a log, a few at a time, by its own numbers: those are nearly in the order of time, and a row that
 * came late goes with its neighbours. The newest stays, so that no number is given twice.
 */
export const pruneLog = (table: 'inputs' | 'history_events', time: 'received_at' | 'at', rows: number) =>
  `DELETE FROM ${table} WHERE id <= (SELECT max(id) FROM
     (SELECT id, ${time} AS moment FROM ${table} ORDER BY id LIMIT ${rows}) oldest WHERE moment < $1 OR moment > $2)
     AND id < (SELECT max(id) FROM ${table})`;
