// A database from before the ranges of stamps is brought up to date with all that it knew.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { batchOf, inputOf } from './contracts/samples.contract.js';
import { writingOptions } from './data-source.js';
import { SqliteDatabase } from './sqlite-database.js';
import { SqliteIntakeStore } from './sqlite-intake.store.js';

describe('the migration to ranges of stamps', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-stamps-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('knows each message again that was logged before, and finds the newest of a device', async () => {
    const path = join(folder, 'airbind.db');
    const options = writingOptions({ dialect: 'sqlite', path }) as DataSourceOptions;
    const migrations = options.migrations as unknown[];
    const place = migrations.findIndex(each => String(each).includes('class StampRanges'));
    await fill({ ...options, migrations: migrations.slice(0, place) as DataSourceOptions['migrations'] }, [
      ...[3, 1, 2, 7, 6, 9].map(seq => ['one', 7, seq] as const),
      ...[1, 2].map(seq => ['one', 8, seq] as const),
      ['two', 7, 4],
      ['one', null, null],
    ]);

    const database = await SqliteDatabase.over(await new DataSource(options).initialize(), path);
    const intake = new SqliteIntakeStore(database);
    const ranges = await database.read(manager =>
      manager.query('SELECT boot, first, last FROM stamp_ranges WHERE device_id = ?', ['one']),
    );
    expect(ranges).toEqual([
      { boot: 7, first: 1, last: 3 },
      { boot: 7, first: 6, last: 7 },
      { boot: 7, first: 9, last: 9 },
      { boot: 8, first: 1, last: 2 },
    ]);
    const sentAgain = [1, 2, 3, 6, 7, 9, 4].map(seq => inputOf('one', seq, { boot: 7 }));
    await intake.commit(batchOf({ inputs: sentAgain }));
    const logged = await intake.past('one', 99);
    expect(logged.map(({ boot, seq }) => [boot, seq])).toEqual([
      ...[3, 1, 2, 7, 6, 9].map(seq => [7, seq]),
      [8, 1],
      [8, 2],
      [7, 4],
    ]);
    await database.close();
  });
});

type Row = readonly [deviceId: string, boot: number | null, seq: number | null];

async function fill(options: DataSourceOptions, rows: readonly Row[]): Promise<void> {
  const before = await new DataSource(options).initialize();
  await before.runMigrations({ transaction: 'all' });
  for (const [deviceId, boot, seq] of rows)
    await before.query(
      `INSERT INTO inputs (device_id, epoch, kind, boot, seq, at, clock, received_at, body)
       VALUES (?, 0, 'telemetry', ?, ?, 0, 'gateway', 0, '{}')`,
      [deviceId, boot, seq],
    );
  await before.destroy();
}
