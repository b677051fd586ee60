// Writes what a batch adds to the history, with statements that were prepared once; runs inside the batch's transaction.
import type BetterSqlite3 from 'better-sqlite3';
import type { InputRow } from '#domain/intake';
import { type BucketShare, historyRows } from './history-rows.js';
import { SqliteRowWriter } from './sqlite-row-writer.js';

/** Series whose number is held in memory, so that it need not be looked up. */
const mostSeries = 200_000;

export class SqliteHistoryWriter {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #series = new Map<string, number>();

  constructor(handle: BetterSqlite3.Database) {
    this.#statements = prepare(handle);
  }

  /** @param inputs those that were not there already */
  write(inputs: readonly InputRow[]): void {
    const { buckets, events } = historyRows(inputs);
    const bucketRows: unknown[] = [];
    for (const { of, stepMs, start, samples, total, lowest, highest } of buckets)
      bucketRows.push(this.#numberOf(of), stepMs, start, samples, total, lowest, highest);
    this.#statements.buckets.write(bucketRows);
    for (const { deviceId, epoch, at, name, state } of events)
      this.#statements.insertEvent.run(deviceId, epoch, at, name, state);
  }

  /** What was written has been rolled back: the number of a series may be of it. */
  forget(): void {
    this.#series.clear();
  }

  #numberOf({ deviceId, epoch, reading }: BucketShare['of']): number {
    const key = `${deviceId}/${epoch}/${reading}`;
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const { seriesOf, insertSeries } = this.#statements;
    const number = seriesOf.get(deviceId, epoch, reading) ?? insertSeries.get(deviceId, epoch, reading);
    if (number === undefined) throw new Error(`no series was made of ${key}`);
    if (this.#series.size >= mostSeries) this.#series.clear();
    this.#series.set(key, number);
    return number;
  }
}

const prepare = (handle: BetterSqlite3.Database) => ({
  seriesOf: handle
    .prepare<[string, number, string], number>(
      'SELECT id FROM history_series WHERE device_id = ? AND epoch = ? AND reading = ?',
    )
    .pluck(),
  insertSeries: handle
    .prepare<[string, number, string], number>(
      'INSERT INTO history_series (device_id, epoch, reading) VALUES (?, ?, ?) RETURNING id',
    )
    .pluck(),
  buckets: new SqliteRowWriter(
    handle,
    'history_buckets (series, step_ms, start, samples, total, lowest, highest)',
    7,
    `ON CONFLICT (series, step_ms, start) DO UPDATE SET
       samples = samples + excluded.samples, total = total + excluded.total,
       lowest = min(lowest, excluded.lowest), highest = max(highest, excluded.highest)`,
  ),
  insertEvent: handle.prepare(
    'INSERT INTO history_events (device_id, epoch, at, name, state) VALUES (?, ?, ?, ?, ?)',
  ),
});
