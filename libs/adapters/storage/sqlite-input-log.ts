// The input log on SQLite: rows are appended, and what keeps a message from counting twice is one row for many of them.
import type BetterSqlite3 from 'better-sqlite3';
import type { InputRow, StampRange } from '#domain/intake';
import { InputRun, textOf } from './input-run.js';
import { SqliteRowWriter } from './sqlite-row-writer.js';

/** Devices whose place in the log is held in memory, so that it need not be looked up. */
const mostTraces = 100_000;

/** Of one device. One that counts its messages has a range for each time that something of it was lost. */
const mostRanges = 1_024;
/** … and so many of the oldest go at once. */
const dropped = 256;

/** The range that a device's messages make longer at present. */
interface Run extends StampRange {
  last: number;
  /** Where the next range above begins. */
  readonly ceiling: number;
}

interface Trace {
  run: Run | null;
  /** The row of the device's newest stamped input. */
  newestId: number | null;
  ranges: number;
  /** What came together at last, and has no row yet. */
  open: InputRun | null;
}

/** Rows of one batch, in the order in which they get their numbers. */
interface Page {
  lastId: number;
  readonly rows: unknown[];
}

/**
 * An index over devices and stamps has a page of its own for nearly every message of a fleet, to be written with each
 * commit. But a device counts its messages. So `stamp_ranges` has a row for each run of numbers, which grows in place;
 * and the row of a stamped input names the one before it of its device, by which the newest are found. What a device
 * said in one moment shares a row.
 */
export class SqliteInputLog {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #traces = new Map<string, Trace>();

  constructor(handle: BetterSqlite3.Database) {
    this.#statements = prepare(handle);
  }

  /** @returns the inputs that were not there already; of two with one stamp, the first */
  write(inputs: readonly InputRow[]): readonly InputRow[] {
    if (inputs.length === 0) return inputs;
    const page: Page = { lastId: this.#statements.newestId.get() ?? 0, rows: [] };
    const grown = new Map<string, Trace>();
    const written = inputs.filter(input => {
      const { deviceId, boot, seq } = input;
      let trace = grown.get(deviceId);
      if (boot === null || seq === null) {
        if (trace !== undefined) close(trace, page);
        append(page, input, 1, textOf(input), null);
        return true;
      }
      if (trace === undefined) {
        trace = this.#traceOf(deviceId);
        grown.set(deviceId, trace);
      }
      if (!this.#grow(trace, input, boot, seq, page)) return false;
      if (trace.open?.take(input)) return true;
      close(trace, page);
      trace.open = new InputRun(input);
      return true;
    });
    for (const trace of grown.values()) close(trace, page);
    this.#statements.inputs.write(page.rows);
    this.#statements.ranges.write([...grown].flatMap(([deviceId, trace]) => rangeOf(deviceId, trace)));
    return written;
  }

  /** What was written has been rolled back. */
  forget(): void {
    this.#traces.clear();
  }

  /** @returns false for what is known. */
  #grow(trace: Trace, { deviceId }: InputRow, boot: number, seq: number, page: Page): boolean {
    const { run } = trace;
    if (run?.boot === boot && seq === run.last + 1 && seq < run.ceiling) {
      run.last = seq;
      return true;
    }
    if (run?.boot === boot && seq >= run.first && seq <= run.last) return false;
    close(trace, page);
    this.#save(deviceId, trace);
    const { below, above } = this.#statements;
    const found = below.get(deviceId, boot, seq);
    if (found !== undefined && found.last >= seq) return false;
    const first = found?.last === seq - 1 ? found.first : seq;
    trace.run = { boot, first, last: seq, ceiling: above.get(deviceId, boot, seq) ?? Infinity };
    if (first === seq) this.#count(trace, deviceId);
    return true;
  }

  /** A range more. */
  #count(trace: Trace, deviceId: string): void {
    trace.ranges += 1;
    if (trace.ranges > mostRanges)
      trace.ranges -= this.#statements.dropOldest.run(deviceId, deviceId).changes;
  }

  #save(deviceId: string, trace: Trace): void {
    this.#statements.ranges.write(rangeOf(deviceId, trace));
  }

  #traceOf(deviceId: string): Trace {
    const known = this.#traces.get(deviceId);
    if (known) return known;
    if (this.#traces.size >= mostTraces) this.#traces.clear();
    const { newestId = null, ranges = 0 } = this.#statements.placeOf.get(deviceId) ?? {};
    const trace: Trace = { run: null, newestId, ranges, open: null };
    this.#traces.set(deviceId, trace);
    return trace;
  }
}

/** Gives the device's newest messages their row. */
function close(trace: Trace, page: Page): void {
  const { open } = trace;
  if (open === null) return;
  append(page, open.first, open.messages, open.body, trace.newestId);
  trace.newestId = page.lastId;
  trace.open = null;
}

function append(page: Page, first: InputRow, messages: number, body: string, previous: number | null): void {
  const { deviceId, epoch, kind, boot, seq, at, clock, receivedAt } = first;
  page.lastId += 1;
  const id = page.lastId;
  page.rows.push(id, deviceId, epoch, kind, boot, seq, at, clock, receivedAt, body, previous, messages);
}

const rangeOf = (deviceId: string, { run, newestId }: Trace): unknown[] =>
  run === null ? [] : [deviceId, run.boot, run.first, run.last, newestId];

/** The rows of a device's newest stamped inputs, the newest first: `:device`, and as many as hold `:most` messages. */
export const newestOfDevice = `
  WITH RECURSIVE newest (id, later) AS (
    SELECT max(newest_id), 0 FROM stamp_ranges WHERE device_id = :device
    UNION ALL
    SELECT i.previous, n.later + i.messages FROM newest n JOIN inputs i ON i.id = n.id AND i.device_id = :device
    WHERE n.later + i.messages < :most
  )
  SELECT i.* FROM newest n JOIN inputs i ON i.id = n.id AND i.device_id = :device ORDER BY i.id DESC`;

const prepare = (handle: BetterSqlite3.Database) => ({
  newestId: handle.prepare<[], number | null>('SELECT max(id) FROM inputs').pluck(),
  placeOf: handle.prepare<[string], Pick<Trace, 'newestId' | 'ranges'>>(
    'SELECT max(newest_id) AS newestId, count(*) AS ranges FROM stamp_ranges WHERE device_id = ?',
  ),
  dropOldest: handle.prepare<[string, string]>(
    `DELETE FROM stamp_ranges WHERE device_id = ? AND (boot, first) IN (
       SELECT boot, first FROM stamp_ranges WHERE device_id = ? ORDER BY newest_id LIMIT ${dropped})`,
  ),
  below: handle.prepare<[string, number, number], Pick<StampRange, 'first' | 'last'>>(
    `SELECT first, last FROM stamp_ranges WHERE device_id = ? AND boot = ? AND first <= ?
     ORDER BY first DESC LIMIT 1`,
  ),
  above: handle
    .prepare<[string, number, number], number>(
      'SELECT first FROM stamp_ranges WHERE device_id = ? AND boot = ? AND first > ? ORDER BY first LIMIT 1',
    )
    .pluck(),
  ranges: new SqliteRowWriter(
    handle,
    'stamp_ranges (device_id, boot, first, last, newest_id)',
    5,
    `ON CONFLICT (device_id, boot, first) DO UPDATE SET last = excluded.last, newest_id = excluded.newest_id`,
  ),
  inputs: new SqliteRowWriter(
    handle,
    'inputs (id, device_id, epoch, kind, boot, seq, at, clock, received_at, body, previous, messages)',
    12,
  ),
});
