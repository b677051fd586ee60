// A line of the ledger; with one that asks for an erasure goes the row in which it is done.
import type { EntityManager } from 'typeorm';
import type { LedgerRow } from '#domain/binding';
import { noneErased } from '#domain/erasure';
import { type Dialect, LedgerRowEntity } from './entities/index.js';

/** Gives a row when the erasure begins with it. One that was asked for before has its line already. */
export function erasureBegins(dialect: Dialect): string {
  const places = [1, 2, 3, 4, 5].map(n => (dialect === 'postgres' ? `$${n}` : '?'));
  return `INSERT INTO erasures (device_id, epoch, account_id, asked_at, erased) VALUES (${places})
    ON CONFLICT DO NOTHING RETURNING epoch`;
}

export function erasureOf({ deviceId, epoch, accountId, at }: LedgerRow): unknown[] {
  return [deviceId, epoch, accountId, at, JSON.stringify(noneErased)];
}

export const asksForErasure = ({ what }: LedgerRow): boolean => what === 'erasure-asked';

/** In a transaction of the caller's. */
export async function noteLine(manager: EntityManager, dialect: Dialect, row: LedgerRow): Promise<void> {
  if (asksForErasure(row)) {
    const begun: unknown[] = await manager.query(erasureBegins(dialect), erasureOf(row));
    if (begun.length === 0) return;
  }
  await manager.insert(LedgerRowEntity, { ...row });
}
