// A line of the ledger; with one that asks for an erasure goes the row in which it is done.
import type { EntityManager } from 'typeorm';
import type { LedgerRow } from '#domain/binding';
import { type Erasure, noneErased } from '#domain/erasure';
import { LedgerRowEntity } from './entities/index.js';

/** In a transaction of the caller's. An erasure that was asked for before has its line already. */
export async function noteLine(manager: EntityManager, row: LedgerRow): Promise<void> {
  if (row.what === 'erasure-asked' && !(await begun(manager, row))) return;
  await manager.insert(LedgerRowEntity, { ...row });
}

async function begun(manager: EntityManager, row: LedgerRow): Promise<boolean> {
  const { deviceId, epoch, accountId, at } = row;
  const erased = JSON.stringify(noneErased);
  const rows = await manager.sql<Pick<Erasure, 'epoch'>[]>`
    INSERT INTO erasures (device_id, epoch, account_id, asked_at, erased)
    VALUES (${deviceId}, ${epoch}, ${accountId}, ${at}, ${erased}) ON CONFLICT DO NOTHING RETURNING epoch`;
  return rows.length > 0;
}
