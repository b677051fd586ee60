// Transactions that decide by what they have read: those of one name come one after the other.
import type { EntityManager } from 'typeorm';
import type { Database } from './database.js';

/**
 * Waits until no other transaction is at the same name, and keeps it until this one has ended; what is read after it is
 * what the others have left. SQLite has one writer, whose turn it is already.
 */
export async function oneAtATime(
  { dialect }: Pick<Database, 'dialect'>,
  manager: EntityManager,
  name: string,
): Promise<void> {
  if (dialect === 'postgres')
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}
