// The words in which SQLite and PostgreSQL differ; all others of the first tables they share.

export interface Words {
  /** A small table's own numbering. */
  readonly serial: string;
  /** The numbering of a log without an end. */
  readonly logNumber: string;
  readonly bytes: string;
}

export const sqliteWords: Words = {
  serial: 'integer PRIMARY KEY AUTOINCREMENT NOT NULL',
  // The rowid itself. Rows go from the old end, so the highest number is never given twice.
  logNumber: 'integer PRIMARY KEY NOT NULL',
  bytes: 'blob',
};

export const postgresWords: Words = {
  serial: 'serial PRIMARY KEY',
  logNumber: 'bigserial PRIMARY KEY',
  bytes: 'bytea',
};
