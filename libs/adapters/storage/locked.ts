// Rows on which others wait until a transaction has ended: by a lock on PostgreSQL; SQLite has one writer, whose turn it is.
import type { FindManyOptions } from 'typeorm';
import type { Database } from './database.js';

type Lock = Pick<FindManyOptions, 'lock'>;

/** @param mode `for_key_share`: they may be changed, and must not be removed */
export function locked({ dialect }: Database, mode: 'pessimistic_write' | 'for_key_share'): Lock {
  return dialect === 'sqlite' ? {} : { lock: { mode } };
}
