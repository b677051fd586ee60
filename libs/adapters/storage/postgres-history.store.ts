// The history on PostgreSQL: the server reads and forgets beside everything else; only the steps must be small.
import {
  type Bucket,
  type BucketQuery,
  type EventQuery,
  type HistoryEnds,
  type HistoryEvent,
  HistoryStore,
  historySteps,
} from '#domain/intake';
import { bucketsQuestion, eventsQuestion, pruneLog, type Question } from './history-queries.js';
import type { PostgresDatabase } from './postgres-database.js';
import type { RawRow } from './record-shape.js';

/** A day of ten-second buckets of each is some 170 000 rows. */
const seriesAtOnce = 20;
const logRowsAtOnce = 5_000;

const pruneBuckets = `
  DELETE FROM history_buckets
  WHERE series = ANY($1) AND ((step_ms = $2 AND start < $3) OR (step_ms = $4 AND start < $5))`;

export class PostgresHistoryStore extends HistoryStore {
  constructor(private readonly database: PostgresDatabase) {
    super();
  }

  buckets(query: BucketQuery): Promise<Bucket[]> {
    return this.#answer(bucketsQuestion(query));
  }

  events(query: EventQuery): Promise<HistoryEvent[]> {
    return this.#answer(eventsQuestion(query));
  }

  async prune(ends: HistoryEnds, signal: AbortSignal): Promise<number> {
    return (
      (await this.#pruneBuckets(ends, signal)) +
      (await this.#pruneLog(
        pruneLog('inputs', 'received_at', logRowsAtOnce),
        [ends.inputs, ends.ahead],
        signal,
      )) +
      (await this.#pruneLog(
        pruneLog('history_events', 'at', logRowsAtOnce),
        [ends.events, ends.ahead],
        signal,
      ))
    );
  }

  async #pruneBuckets({ fine, coarse }: HistoryEnds, signal: AbortSignal): Promise<number> {
    const { fineMs, coarseMs } = historySteps;
    let gone = 0;
    for (let ids = await this.#seriesAfter(0); ids.length > 0 && !signal.aborted; ) {
      gone += await this.#delete(pruneBuckets, [ids, fineMs, fine, coarseMs, coarse]);
      ids = await this.#seriesAfter(ids.at(-1) ?? 0);
    }
    return gone;
  }

  async #seriesAfter(id: number): Promise<number[]> {
    const sql = `SELECT id FROM history_series WHERE id > $1 ORDER BY id LIMIT ${seriesAtOnce}`;
    const rows: RawRow[] = await this.database.read(manager => manager.query(sql, [id]));
    return rows.map(row => Number(row.id));
  }

  async #pruneLog(sql: string, span: number[], signal: AbortSignal): Promise<number> {
    let gone = 0;
    while (!signal.aborted) {
      const rows = await this.#delete(sql, span);
      if (rows === 0) break;
      gone += rows;
    }
    return gone;
  }

  async #delete(sql: string, parameters: unknown[]): Promise<number> {
    const [, rows]: [unknown, number] = await this.database.write(manager => manager.query(sql, parameters));
    return rows;
  }

  async #answer<T>({ sql, parameters, toValue }: Question<T>): Promise<T[]> {
    const rows: RawRow[] = await this.database.read(manager => manager.query(sql, [...parameters]));
    return rows.map(row => toValue(row));
  }
}
