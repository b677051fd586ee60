// The history on SQLite: read in the thread beside, forgotten in short turns between commits.
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Bucket,
  type BucketQuery,
  type EventQuery,
  type HistoryEnds,
  type HistoryEvent,
  HistoryStore,
  historySteps,
} from '#domain/intake';
import { pruneLog } from './history-queries.js';
import type { OldBuckets, OldBucketsPage } from './old-buckets.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Rows of a log that go at once: those of the inputs lie side by side, and each event stands in an index too. */
const mostLogRows = { inputs: 500, events: 100 } as const;
const mostStamps = 500;
/** Between two deletions, for everybody else. */
const pauseMs = 20;

export class SqliteHistoryStore extends HistoryStore {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(private readonly database: SqliteDatabase) {
    super();
    this.#statements = prepare(database);
  }

  buckets(query: BucketQuery): Promise<Bucket[]> {
    return this.database.beside('buckets', query);
  }

  events(query: EventQuery): Promise<HistoryEvent[]> {
    return this.database.beside('events', query);
  }

  async prune(ends: HistoryEnds, signal: AbortSignal): Promise<number> {
    const { oldInputs, oldEvents } = this.#statements;
    const buckets = await this.#pruneBuckets(ends, signal);
    const inputs = await this.#repeat(() => oldInputs.run({ 1: ends.inputs, 2: ends.ahead }).changes, signal);
    await this.#pruneStamps(signal);
    const events = await this.#repeat(() => oldEvents.run({ 1: ends.events, 2: ends.ahead }).changes, signal);
    return buckets + inputs + events;
  }

  /** Found by the thread. One that has grown meanwhile is found again when its time has come. */
  async #pruneStamps(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const old = await this.database.beside('oldStamps', mostStamps);
      if (old.length === 0) return;
      const { oldStamps } = this.#statements;
      await this.database.writeNow(() => {
        for (const { deviceId, boot, first } of old) oldStamps.run(deviceId, boot, first);
      });
      await pause(pauseMs);
    }
  }

  /** Found by the thread, which has then read the pages that the deletion here needs. */
  async #pruneBuckets({ fine, coarse }: HistoryEnds, signal: AbortSignal): Promise<number> {
    const ends = [
      { stepMs: historySteps.fineMs, before: fine },
      { stepMs: historySteps.coarseMs, before: coarse },
    ];
    let gone = 0;
    for (let next: number | null = 0; next !== null && !signal.aborted; ) {
      const page: OldBucketsPage = await this.database.beside('oldBuckets', ends, next);
      gone += await this.#forget(page.old);
      next = page.next;
      await pause(pauseMs);
    }
    return gone;
  }

  async #forget(old: readonly OldBuckets[]): Promise<number> {
    if (old.length === 0) return 0;
    const { oldBuckets } = this.#statements;
    return this.database.writeNow(() =>
      old.reduce(
        (gone, { series, stepMs, through }) => gone + oldBuckets.run(series, stepMs, through).changes,
        0,
      ),
    );
  }

  async #repeat(forget: () => number, signal: AbortSignal): Promise<number> {
    let gone = 0;
    while (!signal.aborted) {
      const rows = await this.database.writeNow(forget);
      if (rows === 0) break;
      gone += rows;
      await pause(pauseMs);
    }
    return gone;
  }
}

const prepare = ({ writeHandle }: SqliteDatabase) => ({
  oldBuckets: writeHandle.prepare(
    'DELETE FROM history_buckets WHERE series = ? AND step_ms = ? AND start <= ?',
  ),
  oldInputs: writeHandle.prepare<[object]>(pruneLog('inputs', 'received_at', mostLogRows.inputs)),
  oldEvents: writeHandle.prepare<[object]>(pruneLog('history_events', 'at', mostLogRows.events)),
  oldStamps: writeHandle.prepare(
    `DELETE FROM stamp_ranges WHERE device_id = ? AND boot = ? AND first = ?
     AND newest_id < (SELECT min(id) FROM inputs)`,
  ),
});
