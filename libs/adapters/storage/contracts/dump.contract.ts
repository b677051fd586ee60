// Every row of every table as text, to be compared byte for byte.
import { DataSource } from 'typeorm';
import { writingOptions } from '../data-source.js';
import { locateDatabase } from '../database-url.js';
import { allEntities } from '../entities/index.js';

export type Dump = readonly { readonly table: string; readonly text: string }[];

/** Buckets carry the name of their series. */
const selects: Readonly<Record<string, string>> = {
  history_buckets: 'SELECT b.*, s.reading FROM history_buckets b JOIN history_series s ON s.id = b.series',
};

export async function dumpsOf(url: string): Promise<{ dump(): Promise<Dump>; close(): Promise<void> }> {
  const location = locateDatabase(url);
  const source = await new DataSource(writingOptions(location)).initialize();
  const tables = allEntities(location.dialect).map(entity => entity.options.tableName ?? '');
  return {
    dump: async () => {
      const rows: { table: string; text: string }[] = [];
      for (const table of tables) {
        const found: object[] = await source.query(selects[table] ?? `SELECT * FROM ${table}`);
        rows.push(...found.map(row => ({ table, text: JSON.stringify(row) })));
      }
      return rows.sort((a, b) => (a.table + a.text < b.table + b.text ? -1 : 1));
    },
    close: () => source.destroy(),
  };
}
