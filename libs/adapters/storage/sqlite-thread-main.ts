// What runs in the thread: one question after the other, on a handle that writes no row.
import { parentPort, workerData } from 'node:worker_threads';
import type BetterSqlite3 from 'better-sqlite3';
import type { BucketQuery, EventQuery } from '#domain/intake';
import { type InputWindow, inputsQuestion } from './erasure-inputs.js';
import {
  bucketsQuestion,
  eventsQuestion,
  type OldStamps,
  oldStampsSql,
  type Question,
} from './history-queries.js';
import { oldBucketsFinder } from './old-buckets.js';
import type { RawRow } from './record-shape.js';
import { sqliteBinding } from './sqlite-binding.js';

/** 4 MB. */
const longLogPages = 1_024;
/** Reads beside the thread are over in a moment. */
const ownReadMs = 25;

export interface ThreadCall {
  readonly name: keyof ThreadTasks;
  readonly input: readonly unknown[];
}

export type ThreadAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly code: unknown };

export type ThreadTasks = ReturnType<typeof tasksOn>;

function tasksOn(handle: BetterSqlite3.Database) {
  const answer = <T>({ sql, parameters, toValue }: Question<T>): T[] => {
    const named = Object.fromEntries(parameters.map((value, place) => [place + 1, value]));
    return handle
      .prepare<[object], RawRow>(sql)
      .all(named)
      .map(row => toValue(row));
  };
  return {
    buckets: (query: BucketQuery) => answer(bucketsQuestion(query)),
    events: (query: EventQuery) => answer(eventsQuestion(query)),
    oldBuckets: oldBucketsFinder(handle),
    /** Stamps of which the log has nothing any more. */
    oldStamps: (rows: number) => handle.prepare<[number], OldStamps>(oldStampsSql).all(rows),
    /** Copies a long log into the file, without keeping anybody from writing. @returns the pages in the log */
    checkpoint: (longPages = longLogPages): number => {
      const pages = logPages(handle, 'NOOP');
      return pages < longPages ? pages : logPages(handle, 'PASSIVE');
    },
    /** While nobody writes. An own read is waited for, and whoever reads from outside for no longer than that. */
    cutLog: (): void => {
      handle.pragma(`busy_timeout = ${ownReadMs}`);
      handle.pragma('wal_checkpoint(TRUNCATE)');
    },
    inputsOf: (window: InputWindow) => answer(inputsQuestion(window)),
  };
}

function logPages(handle: BetterSqlite3.Database, mode: 'NOOP' | 'PASSIVE'): number {
  const [row] = handle.pragma(`wal_checkpoint(${mode})`) as { readonly log: number }[];
  return row?.log ?? 0;
}

function serve(port: NonNullable<typeof parentPort>, handle: BetterSqlite3.Database): void {
  const tasks = tasksOn(handle);
  const run = ({ name, input }: ThreadCall): ThreadAnswer => {
    try {
      const task = tasks[name] as (...input: readonly unknown[]) => unknown;
      return { ok: true, value: task(...input) };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      return { ok: false, message: String(error), code };
    }
  };
  port.on('message', (call: ThreadCall | null) => {
    if (call !== null) return port.postMessage(run(call));
    handle.close();
    port.close();
  });
}

if (parentPort) {
  const Database = sqliteBinding();
  const handle = new Database(String(workerData), { fileMustExist: true });
  serve(parentPort, handle);
}
