// What a commit does to retained messages; no port reads them yet, so the table itself is looked at.
import { expect } from '@jest/globals';
import type { IntakeBatch, IntakeStore } from '#domain/intake';
import type { Database } from '../database.js';
import { batchOf } from './samples.contract.js';

export async function retains(intake: IntakeStore, database: Database): Promise<void> {
  const [first, second] = [new Uint8Array([0, 255]), new Uint8Array([1])];
  await commit(
    { topic: 'kept', payload: first },
    { topic: 'replaced', payload: first },
    { topic: 'withdrawn', payload: first },
    { topic: 'twice', payload: null },
    { topic: 'twice', payload: second },
  );
  await commit({ topic: 'replaced', payload: second }, { topic: 'withdrawn', payload: null });
  const rows = await database.read(manager =>
    manager.query('SELECT topic, payload FROM retained_messages ORDER BY topic'),
  );
  expect(rows.map((row: { topic: string; payload: Buffer }) => [row.topic, [...row.payload]])).toEqual([
    ['kept', [0, 255]],
    ['replaced', [1]],
    ['twice', [1]],
  ]);

  async function commit(...retained: IntakeBatch['retained']): Promise<void> {
    expect(await intake.commit(batchOf({ retained }))).toMatchObject({ ok: true });
  }
}
