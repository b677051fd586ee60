// SQLite: what takes long runs beside the writer, which never waits for it.
import { rm, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { type BucketQuery, historySteps } from '#domain/intake';
import { until } from '../../../test/condition.js';
import { batchOf, inputOf } from './contracts/samples.contract.js';
import { temporaryFolder } from './contracts/temporary-stores.contract.js';
import { writingOptions } from './data-source.js';
import { SqliteDatabase } from './sqlite-database.js';
import { SqliteHistoryStore } from './sqlite-history.store.js';
import { SqliteIntakeStore } from './sqlite-intake.store.js';

const { fineMs } = historySteps;
const begin = 1_700_000_000_000 - (1_700_000_000_000 % fineMs);
const many = 200_000;

describe('beside the writer on SQLite', () => {
  let folder: string;
  let path: string;
  let database: SqliteDatabase;
  let intake: SqliteIntakeStore;
  let history: SqliteHistoryStore;
  beforeEach(async () => {
    folder = await temporaryFolder();
    path = `${folder}/airbind.db`;
    database = await SqliteDatabase.over(
      await new DataSource(writingOptions({ dialect: 'sqlite', path })).initialize(),
      path,
    );
    intake = new SqliteIntakeStore(database);
    history = new SqliteHistoryStore(database);
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('a long read holds up no commit: those that were asked for after it are done before it', async () => {
    fill(database, many);
    await history.events({ deviceId: 'd', epoch: 0, from: 0, to: 1, limit: 1 });
    const order: string[] = [];
    const reads = [1, 2, 3].map(async () => {
      const found = await history.buckets(everything);
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(many);
      order.push('read');
    });
    for (let seq = 0; seq < 3; seq += 1) {
      await intake.commit(batchOf({ inputs: [inputOf('other', seq)] }));
      order.push('commit');
    }
    await Promise.all(reads);
    expect(order.slice(0, 3)).toEqual(['commit', 'commit', 'commit']);
  });

  it('commits go through between the steps of forgetting', async () => {
    fill(database, 5_000);
    let isOver = false;
    const ends = {
      ahead: Number.MAX_SAFE_INTEGER,
      fine: begin + many * fineMs,
      coarse: 0,
      events: 0,
      inputs: 0,
    };
    const pruned = history.prune(ends, new AbortController().signal).finally(() => {
      isOver = true;
    });
    let commits = 0;
    for (; !isOver; commits += 1) {
      await intake.commit(batchOf({ inputs: [inputOf('other', commits)] }));
      // A commit is done without a turn of the event loop, in which timers and the thread would be heard.
      await new Promise(setImmediate);
    }
    expect(await pruned).toBe(5_000);
    // One or two would fit before the first step and after the last one.
    expect(commits).toBeGreaterThan(2);
    expect(await history.buckets(everything)).toEqual([]);
  });

  it('folds a long log into the file without the writer, and the writer begins it anew', async () => {
    fill(database, many);
    const { size } = await stat(`${path}-wal`);
    database.keepInShape();
    await until('the file has grown', async () => (await stat(path)).size > size / 2);
    await database.beside('checkpoint');
    await intake.commit(batchOf({ inputs: [inputOf('other', 1)] }));
    // A commit's own pages: the thousands before it are in the file.
    expect(pagesInLog(database)).toBeLessThan(100);
  });

  it('begins a long log anew although somebody always reads and somebody always writes', async () => {
    fill(database, 4 * many);
    expect(pagesInLog(database)).toBeGreaterThan(4_096);
    let isOver = false;
    const read = async () => {
      while (!isOver) await history.buckets(everything);
    };
    const readers = [read(), read()];
    database.keepInShape();
    let seq = 0;
    await until('the log is short', async () => {
      await intake.commit(batchOf({ inputs: [inputOf('other', seq++)] }));
      return pagesInLog(database) < 1_000;
    });
    isOver = true;
    await Promise.all(readers);
  });

  it('refuses what would wait behind too many, and goes on', async () => {
    fill(database, 5_000);
    const asked = Array.from({ length: 80 }, () => history.buckets(everything));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(64);
    expect(outcomes.at(-1)).toMatchObject({ reason: { code: 'storage-unavailable' } });
    expect(await history.buckets(everything)).toHaveLength(1);
  });

  it('says what went wrong in the thread, which then goes on', async () => {
    database.writeHandle.exec('ALTER TABLE history_events RENAME TO elsewhere');
    const query = { deviceId: 'd', epoch: 0, from: 0, to: 1, limit: 1 };
    const cause = { message: expect.stringContaining('history_events') };
    await expect(history.events(query)).rejects.toMatchObject({ code: 'storage-unavailable', cause });
    database.writeHandle.exec('ALTER TABLE elsewhere RENAME TO history_events');
    expect(await history.events(query)).toEqual([]);
  });

  it('ends what was asked before it is closed, and answers nothing after', async () => {
    fill(database, 5_000);
    const read = history.buckets(everything);
    await database.close();
    expect(await read).toHaveLength(1);
    await expect(history.buckets(everything)).rejects.toMatchObject({ code: 'storage-unavailable' });
  });
});

const everything: BucketQuery = {
  deviceId: 'd',
  epoch: 0,
  reading: 'gas.lel',
  stepMs: fineMs,
  from: begin,
  to: begin + many * fineMs,
  bucketMs: many * fineMs,
};

function pagesInLog({ writeHandle }: SqliteDatabase): number {
  const [{ log }] = writeHandle.pragma('wal_checkpoint(NOOP)') as [{ log: number }];
  return log;
}

/** Buckets of one series, one after the other. */
function fill({ writeHandle }: SqliteDatabase, rows: number): void {
  writeHandle
    .prepare("INSERT INTO history_series (device_id, epoch, reading) VALUES ('d', 0, 'gas.lel')")
    .run();
  writeHandle
    .prepare(
      `INSERT INTO history_buckets (series, step_ms, start, samples, total, lowest, highest)
       WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
       SELECT 1, ?, ? + i * ?, 1, i % 97, i % 97, i % 97 FROM n`,
    )
    .run(rows, fineMs, begin, fineMs);
}
