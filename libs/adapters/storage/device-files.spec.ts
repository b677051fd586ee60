// What reading one device's file looks at: never at all devices, however many there are.
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { temporaryFolder } from './contracts/temporary-stores.contract.js';
import { writingOptions } from './data-source.js';
import { deviceFileQueries } from './device-files.js';
import { SqliteDatabase } from './sqlite-database.js';

const queries = deviceFileQueries('sqlite');
const names = Object.keys(queries) as (keyof typeof queries)[];
/** Their entries for what most devices do not have, or for what all have alike, are as many as there are devices. */
const asMany = /bindings_owner|SCAN (devices|bindings|t|s|p)\b/;

describe('the file of a device on SQLite', () => {
  let folder: string;
  let database: SqliteDatabase;
  beforeEach(async () => {
    folder = await temporaryFolder();
    const path = `${folder}/airbind.db`;
    const writing = new DataSource(writingOptions({ dialect: 'sqlite', path }));
    database = await SqliteDatabase.over(await writing.initialize(), path);
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  const planOf = (sql: string): string =>
    database.readHandle
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all({ asked: '["one"]' })
      .map(step => (step as { readonly detail: string }).detail)
      .join('\n');

  it.each(names)('is read without a look at all devices: %s', name => {
    expect(planOf(queries[name])).not.toMatch(asMany);
  });

  it('would not be, if it asked the index of owners for those who have none', () => {
    const before = "COALESCE(owner_id, '') = ''";
    expect(queries.operators).toContain(before);
    expect(planOf(queries.operators.replace(before, 'owner_id IS NULL'))).toMatch(asMany);
  });
});
