// Which binding to SQLite this Node can carry: 13 from Node 22 on, 12 before.
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';

/**
 * Both are optional packages, and npm leaves out what does not fit. Version 13 asks for Node 22; version 12 must not run
 * on Node 24.19 and later, where a garbage collection at a quiet moment ends the whole process (its statements derive
 * from node::ObjectWrap). Their interfaces are the same as far as the house and TypeORM use them.
 */
const packageName =
  Number(process.versions.node.split('.')[0]) >= 22 ? 'better-sqlite3-13' : 'better-sqlite3';

let binding: typeof BetterSqlite3 | undefined;

/** @throws a sentence when it was not installed; PostgreSQL needs none. */
export function sqliteBinding(): typeof BetterSqlite3 {
  binding ??= load();
  return binding;
}

function load(): typeof BetterSqlite3 {
  try {
    return createRequire(import.meta.url)(packageName);
  } catch (cause) {
    throw new Error(
      `SQLite's binding for Node ${process.versions.node} (${packageName}) is not there: run npm ci again, or set DATABASE_URL to a PostgreSQL.`,
      { cause },
    );
  }
}
