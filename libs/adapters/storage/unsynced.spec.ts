// A write that nobody waits for the disk with leaves the next one as durable as ever.
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { temporaryFolder } from './contracts/temporary-stores.contract.js';
import { writingOptions } from './data-source.js';
import { SqliteDatabase } from './sqlite-database.js';

/** As SQLite counts them. */
const normal = 1;
const full = 2;

describe('an unsynced write on SQLite', () => {
  let folder: string;
  let database: SqliteDatabase;
  const synchronous = () => database.writeHandle.pragma('synchronous', { simple: true });

  beforeAll(async () => {
    folder = await temporaryFolder();
    const path = `${folder}/airbind.db`;
    const source = new DataSource(writingOptions({ dialect: 'sqlite', path }));
    database = await SqliteDatabase.over(await source.initialize(), path);
  });

  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('is committed without a sync, and every other write with one', async () => {
    const during = await database.writeUnsynced(async manager => {
      await manager.query(`INSERT INTO probes (id, at, ballast) VALUES (77, 1, 'x')`);
      return synchronous();
    });
    const after = await database.write(async () => synchronous());
    const batch = await database.writeNow(synchronous);
    expect({ during, after, batch }).toEqual({ during: normal, after: full, batch: full });
    const rows = await database.read(manager => manager.query('SELECT at FROM probes WHERE id = 77'));
    expect(rows).toEqual([{ at: 1 }]);
  });

  it('that fails is rolled back and changes nothing for the next', async () => {
    const failing = database.writeUnsynced(async manager => {
      await manager.query(`INSERT INTO probes (id, at, ballast) VALUES (78, 1, 'x')`);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.write(async () => synchronous())).toBe(full);
    expect(await database.read(manager => manager.query('SELECT at FROM probes WHERE id = 78'))).toEqual([]);
  });
});
