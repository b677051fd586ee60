// Writes what a batch adds to the history, with statements that were prepared once; runs inside the batch's transaction.
import type BetterSqlite3 from 'better-sqlite3';
import type { InputRow } from '#domain/intake';
import { type BucketShare, historyRows } from './history-rows.js';

export class SqliteHistoryWriter {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(handle: BetterSqlite3.Database) {
    this.#statements = prepare(handle);
  }

  /** @param inputs those that were not there already */
  write(inputs: readonly InputRow[]): void {
    const { buckets, events } = historyRows(inputs);
    for (const share of buckets) this.#add(share);
    for (const { deviceId, epoch, at, name, state } of events)
      this.#statements.insertEvent.run(deviceId, epoch, at, name, state);
  }

  /** The number of a series is asked for each time: one that was remembered could be of a batch that was rolled back. */
  #add({
    of: { deviceId, epoch, reading },
    stepMs,
    start,
    samples,
    total,
    lowest,
    highest,
  }: BucketShare): void {
    const { addToBucket, insertSeries } = this.#statements;
    const values = [stepMs, start, samples, total, lowest, highest, deviceId, epoch, reading];
    if (addToBucket.run(values).changes > 0) return;
    insertSeries.run(deviceId, epoch, reading);
    addToBucket.run(values);
  }
}

const prepare = (handle: BetterSqlite3.Database) => ({
  insertSeries: handle.prepare('INSERT INTO history_series (device_id, epoch, reading) VALUES (?, ?, ?)'),
  addToBucket: handle.prepare(
    `INSERT INTO history_buckets (series, step_ms, start, samples, total, lowest, highest)
     SELECT id, ?, ?, ?, ?, ?, ? FROM history_series WHERE device_id = ? AND epoch = ? AND reading = ?
     ON CONFLICT (series, step_ms, start) DO UPDATE SET
       samples = samples + excluded.samples, total = total + excluded.total,
       lowest = min(lowest, excluded.lowest), highest = max(highest, excluded.highest)`,
  ),
  insertEvent: handle.prepare(
    'INSERT INTO history_events (device_id, epoch, at, name, state) VALUES (?, ?, ?, ?, ?)',
  ),
});
