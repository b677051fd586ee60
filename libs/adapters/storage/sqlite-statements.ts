// The statements that every writer of rows prepares on SQLite.
import type { TableColumns } from './record-shape.js';

export const insertInto = ({ table, names }: TableColumns, conflict = ''): string =>
  `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ${conflict}`;

/** Of two rows with one key the later stands. */
export const replacing = ({ keys, rest }: TableColumns): string =>
  `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${rest.map(name => `${name} = excluded.${name}`).join(', ')}`;
