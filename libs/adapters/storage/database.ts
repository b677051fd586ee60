// A database as the stores see it: committed reads, and writes that happen as a whole or not at all.
import type { EntityManager } from 'typeorm';
import type { Dialect } from './entities/index.js';

export interface Database {
  readonly dialect: Dialect;
  /** Sees committed rows only, the newest included; `work` writes nothing. */
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /**
   * One durable transaction: rolled back when `work` throws. On SQLite it is also a turn, so `work` waits for nothing
   * but the database; and it writes by `insert`, `update`, `upsert`, `delete` (`save` opens a transaction of its own).
   */
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /**
   * As `write`, but nobody waits for the disk: a power cut may take it back, a crash of the process may not. For what
   * is then done again and does no harm.
   */
  writeUnsynced<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** As `write`; what it deletes or writes over is gone from SQLite's pages too, and not merely given free. */
  erase<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** A slice of long work: as `erase`, and as unsynced as `writeUnsynced`; what a power cut takes back is erased again. */
  eraseSome<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** On SQLite: what its log still has of before is cut off, unless another program reads it at this moment. */
  emptyLog(): Promise<void>;
  /** Resolves when what was committed may not be on the disk, and nothing more is written. */
  readonly durabilityLost: Promise<Error>;
  /** Begins what a database needs from time to time while it is in use for long; `close` ends it. */
  keepInShape(): void;
  close(): Promise<void>;
}
