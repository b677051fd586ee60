// SQLite: one connection that writes, in turns, one that reads what is committed, and a thread for what takes long.
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource, type EntityManager } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { readingOptions } from './data-source.js';
import type { Database } from './database.js';
import { LogKeeper } from './log-keeper.js';
import { SqliteThread } from './sqlite-thread.js';
import type { ThreadTasks } from './sqlite-thread-main.js';
import { DurabilityLost, failingClearly, isFailedSync } from './storage-failure.js';
import { Turn } from './turn.js';

/** 16 MB. */
const endlessLogPages = 4_096;

export class SqliteDatabase implements Database {
  readonly dialect = 'sqlite';
  readonly writeHandle: BetterSqlite3.Database;
  readonly readHandle: BetterSqlite3.Database;
  /** Resolves when an fsync has failed: nothing is written any more, and only a new process finds out what is there. */
  readonly durabilityLost: Promise<DurabilityLost>;
  readonly #turn = new Turn();
  readonly #thread: SqliteThread;
  readonly #log: LogKeeper;
  #lose: (failure: DurabilityLost) => void = () => {};
  #lost: DurabilityLost | null = null;

  private constructor(
    readonly writing: DataSource,
    private readonly reading: DataSource,
    path: string,
  ) {
    this.writeHandle = handleOf(writing);
    this.readHandle = handleOf(reading);
    this.#thread = new SqliteThread(path);
    this.#log = new LogKeeper(path, () => this.#fold());
    this.durabilityLost = new Promise(resolve => {
      this.#lose = resolve;
    });
  }

  /** @param writing initialized; its tables are brought up to date before anything reads. */
  static async over(writing: DataSource, path: string): Promise<SqliteDatabase> {
    await writing.runMigrations({ transaction: 'all' });
    const reading = await new DataSource(readingOptions(path)).initialize();
    return new SqliteDatabase(writing, reading, path);
  }

  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return failingClearly(() => work(this.reading.manager));
  }

  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#transact(work));
  }

  writeUnsynced<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#unsynced(() => this.#transact(work)));
  }

  erase<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#overwriting(() => this.#transact(work)));
  }

  eraseSome<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#unsynced(() => this.#overwriting(() => this.#transact(work))));
  }

  /** The thread does all of it, and nearly all before the turn: a long file takes tens of milliseconds to be cut. */
  emptyLog(): Promise<void> {
    return failingClearly(() =>
      this.#unlessLost(() =>
        this.#thread.alone(async ask => {
          await ask('checkpoint', 0);
          await this.#inTurn(() => ask('cutLog'));
        }),
      ),
    );
  }

  /** As `write`, for work that uses the handle itself and waits for nothing. */
  writeNow<T>(work: () => T): Promise<T> {
    return this.#inTurn(() => this.writeHandle.transaction(work).immediate());
  }

  /** Asks the thread: nothing here waits for it, whatever it reads. */
  beside<N extends keyof ThreadTasks>(
    name: N,
    ...input: Parameters<ThreadTasks[N]>
  ): Promise<ReturnType<ThreadTasks[N]>> {
    return failingClearly(() => this.#unlessLost(() => this.#thread.alone(ask => ask(name, ...input))));
  }

  /**
   * The thread does nearly all of it. Under load there is always a commit meanwhile, and a log that is not folded to its
   * end never begins anew: so the little that is left is folded in a turn, while the thread reads nothing.
   */
  #fold(): Promise<void> {
    return failingClearly(() =>
      this.#unlessLost(() =>
        this.#thread.alone(async ask => {
          const pages = await ask('checkpoint');
          if (pages < endlessLogPages) return;
          await this.#inTurn(() => this.writeHandle.pragma('wal_checkpoint(PASSIVE)'));
        }),
      ),
    );
  }

  keepInShape(): void {
    this.#log.start();
  }

  async close(): Promise<void> {
    await this.#log.stop();
    await this.#turn.end();
    await this.#thread.close();
    // The last connection to close folds the log into the file: it must be one that may write.
    if (this.reading.isInitialized) await this.reading.destroy();
    if (this.writing.isInitialized) await this.writing.destroy();
  }

  /** The log is one file: the next durable commit syncs this one with it. */
  #unsynced<T>(work: () => Promise<T>): Promise<T> {
    return this.#meanwhile('synchronous', 'NORMAL', 'FULL', work);
  }

  /** Pages that become free are written over too, which costs a write each. */
  #overwriting<T>(work: () => Promise<T>): Promise<T> {
    return this.#meanwhile('secure_delete', 'ON', 'FAST', work);
  }

  async #meanwhile<T>(pragma: string, value: string, usual: string, work: () => Promise<T>): Promise<T> {
    this.writeHandle.pragma(`${pragma} = ${value}`);
    try {
      return await work();
    } finally {
      this.writeHandle.pragma(`${pragma} = ${usual}`);
    }
  }

  async #transact<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    // Not TypeORM's transaction(): after SQLITE_FULL has rolled back by itself it no longer knows where it stands.
    this.writeHandle.exec('BEGIN IMMEDIATE');
    try {
      const result = await work(this.writing.manager);
      this.writeHandle.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.writeHandle.inTransaction) this.writeHandle.exec('ROLLBACK');
      throw error;
    }
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    return failingClearly(() => this.#turn.take(() => this.#unlessLost(work)));
  }

  /** Inside the turn, so that not even the next one writes after a failed fsync; a checkpoint of the thread syncs too. */
  async #unlessLost<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#lost) throw this.#lost;
    try {
      return await work();
    } catch (error) {
      if (!isFailedSync(error)) throw error;
      this.#lost = new DurabilityLost(error);
      this.#lose(this.#lost);
      throw this.#lost;
    }
  }
}

const handleOf = (source: DataSource): BetterSqlite3.Database =>
  (source.driver as BetterSqlite3Driver).databaseConnection;
