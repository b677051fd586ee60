// PostgreSQL: a pool; every transaction has a connection of its own.
import type { ClientBase } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import type { Database } from './database.js';
import { codeOf, failingClearly } from './storage-failure.js';

/** Any number that no other program on the database uses: one gateway at a time brings the tables up to date. */
const migrationLock = 7_114_021;
/** Serialization failure and deadlock: PostgreSQL chose a victim, which simply goes again. */
const victims: ReadonlySet<string | undefined> = new Set(['40001', '40P01']);
const mostAttempts = 5;
/** Longer than the server itself lets a statement run: it can only be frozen, or the way to it. */
const patienceMs = 35_000;

export class PostgresDatabase implements Database {
  readonly dialect = 'postgres';
  /** Never: after a failed fsync the server restarts by itself and recovers from its log. */
  readonly durabilityLost = new Promise<Error>(() => {});

  private constructor(
    readonly source: DataSource,
    private readonly patienceMs: number,
  ) {}

  /** @param longestMs for all that is done on one connection at one go; past it the connection is given up */
  static async over(source: DataSource, longestMs = patienceMs): Promise<PostgresDatabase> {
    const lock = source.createQueryRunner();
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    try {
      await source.runMigrations({ transaction: 'all' });
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
      await lock.release();
    }
    return new PostgresDatabase(source, longestMs);
  }

  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return failingClearly(() => this.#connected(work));
  }

  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return failingClearly(async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.#connected(manager => manager.transaction('READ COMMITTED', work));
        } catch (error) {
          if (!victims.has(codeOf(error)) || attempt === mostAttempts) throw error;
        }
      }
    });
  }

  writeUnsynced<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.write(async manager => {
      await manager.query('SET LOCAL synchronous_commit = off');
      return work(manager);
    });
  }

  /** The server gives the space of old rows free by itself, some time after. */
  erase<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.write(work);
  }

  eraseSome<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.writeUnsynced(work);
  }

  /** Its log is the server's own. */
  async emptyLog(): Promise<void> {}

  /** All that `work` reads is of one moment. */
  snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return failingClearly(() => this.#connected(manager => manager.transaction('REPEATABLE READ', work)));
  }

  /** A server that is frozen answers nothing and refuses nothing: without an end to patience all would wait for it. */
  async #connected<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    let patience: NodeJS.Timeout | undefined;
    try {
      const client: ClientBase & { connection?: { stream: { destroy(): void } } } = await runner.connect();
      patience = setTimeout(() => client.connection?.stream.destroy(), this.patienceMs);
      return await work(runner.manager);
    } finally {
      clearTimeout(patience);
      await runner.release();
    }
  }

  /** The server sees to itself. */
  keepInShape(): void {}

  async close(): Promise<void> {
    // Ends the pool when its transactions have given their connections back.
    if (this.source.isInitialized) await this.source.destroy();
  }
}
