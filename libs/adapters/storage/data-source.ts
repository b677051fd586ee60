// The options of the DataSource that writes; on PostgreSQL it is the only one.
import type BetterSqlite3 from 'better-sqlite3';
import type { DataSourceOptions } from 'typeorm';
import type { BetterSqlite3DataSourceOptions } from 'typeorm/driver/better-sqlite3/BetterSqlite3DataSourceOptions.js';
import type { DatabaseLocation } from './database-url.js';
import { allEntities, type Dialect, PlainNames } from './entities/index.js';
import { migrations } from './migrations/index.js';
import { sqliteBinding } from './sqlite-binding.js';

const busyTimeoutMs = 5_000;
const connectTimeoutMs = 5_000;
/** A statement that takes longer is given up: nothing here needs a second. */
const statementTimeoutMs = 30_000;
/** Past so many pages (32 MB) a commit folds the log itself; in a running gateway it does not come to that. */
const longestLogPages = 8_192;

export function writingOptions(location: DatabaseLocation): DataSourceOptions {
  switch (location.dialect) {
    case 'sqlite':
      return { ...sqliteOptions(location.path), prepareDatabase: makeDurable };
    case 'postgres':
      return {
        type: 'postgres',
        ...schemaOf('postgres'),
        poolSize: 10,
        connectTimeoutMS: connectTimeoutMs,
        // The pool replaces a connection that broke while idle; whoever uses one hears of it by itself.
        poolErrorHandler: () => undefined,
        // pg reads its own URL: sockets, sslmode and all.
        extra: { connectionString: durable(location.url) },
      };
  }
}

/** Whatever the server's default or the URL says: what is acknowledged is on its disk. */
function durable(url: string): string {
  const location = new URL(url);
  const own = location.searchParams.get('options') ?? '';
  const options = `${own} -c statement_timeout=${statementTimeoutMs} -c synchronous_commit=on`;
  location.searchParams.set('options', options.trim());
  return location.href;
}

/** For committed reads beside the writing connection. */
export function readingOptions(path: string): DataSourceOptions {
  return { ...sqliteOptions(path), readonly: true, migrations: [] };
}

const sqliteOptions = (path: string): BetterSqlite3DataSourceOptions => ({
  type: 'better-sqlite3',
  driver: sqliteBinding(),
  database: path,
  timeout: busyTimeoutMs,
  ...schemaOf('sqlite'),
});

const schemaOf = (dialect: Dialect) => ({
  entities: allEntities(dialect),
  migrations: migrations(dialect),
  namingStrategy: new PlainNames(),
  synchronize: false,
  migrationsRun: false,
});

function makeDurable(handle: BetterSqlite3.Database): void {
  handle.pragma('journal_mode = WAL');
  // WAL alone leaves NORMAL, and then a power cut takes back what was acknowledged.
  handle.pragma('synchronous = FULL');
  // What a row no longer says is written over in its page, which is written anyway.
  handle.pragma('secure_delete = FAST');
  handle.pragma(`wal_autocheckpoint = ${longestLogPages}`);
}
