// Rows written several in one statement are the rows that were given: each once, in their order.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type BetterSqlite3 from 'better-sqlite3';
import { sqliteBinding } from './sqlite-binding.js';
import { SqliteRowWriter } from './sqlite-row-writer.js';

describe('rows written together on SQLite', () => {
  let handle: BetterSqlite3.Database;
  beforeEach(() => {
    handle = new (sqliteBinding())(':memory:');
    handle.exec('CREATE TABLE said (id integer PRIMARY KEY, word text, times integer)');
  });
  afterEach(() => {
    handle.close();
  });

  const stored = () => handle.prepare('SELECT id, word, times FROM said ORDER BY id').raw().all();
  const rowsOf = (count: number) => Array.from({ length: count }, (_, id) => [id, `word ${id}`, id * 2]);

  it.each([0, 1, 15, 16, 17, 32, 100])('are all there and whole, when there are %i of them', count => {
    const rows = rowsOf(count);
    new SqliteRowWriter(handle, 'said (id, word, times)', 3).write(rows.flat());
    expect(stored()).toEqual(rows);
  });

  it('meet one another as if they had come one by one', () => {
    const conflict = 'ON CONFLICT (id) DO UPDATE SET word = excluded.word, times = times + excluded.times';
    const writer = new SqliteRowWriter(handle, 'said (id, word, times)', 3, conflict);
    const rows = Array.from({ length: 40 }, (_, i) => [i % 3, `word ${i}`, 1]);
    writer.write(rows.flat());
    expect(stored()).toEqual([
      [0, 'word 39', 14],
      [1, 'word 37', 13],
      [2, 'word 38', 13],
    ]);
  });

  it('are none, when one of them is refused within a transaction', () => {
    const writer = new SqliteRowWriter(handle, 'said (id, word, times)', 3);
    const twice = [...rowsOf(20), [19, 'again', 0]];
    expect(() => handle.transaction(() => writer.write(twice.flat()))()).toThrow('UNIQUE');
    expect(stored()).toEqual([]);
  });
});
