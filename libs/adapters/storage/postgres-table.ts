// Many rows of one table in one statement on PostgreSQL: each column travels as an array and is unnested there.
import type { QueryRunner } from 'typeorm';
import type { RawRow, RecordShape, TableColumns } from './record-shape.js';

export class PostgresTable<T extends object> {
  readonly #insert: string;
  readonly #advance: string;
  readonly #replacing: string;

  constructor(readonly shape: RecordShape<T>) {
    const { table, names, keys, rest } = shape;
    const returning = keys.map(key => `${table}.${key}`).join(', ');
    const changed = rest.map(name => `${name} = v.${name}`).join(', ');
    const same = keys.map(key => `${table}.${key} = v.${key}`).join(' AND ');
    this.#insert = `INSERT INTO ${table} (${names.join(', ')}) SELECT * FROM ${unnested(shape)}`;
    this.#replacing = `ON CONFLICT (${keys.join(', ')})
      DO UPDATE SET ${rest.map(name => `${name} = excluded.${name}`).join(', ')}`;
    this.#advance = `UPDATE ${table} SET ${changed} FROM ${unnested(shape)}
      WHERE ${same} AND ${table}.version = v.version - 1 RETURNING ${returning}`;
  }

  async insert(runner: QueryRunner, values: readonly Omit<T, 'id'>[], conflict = ''): Promise<RawRow[]> {
    return this.#run(runner, `${this.#insert} ${conflict}`, values);
  }

  /** Of several with one key the last counts, as if they had come one by one. */
  async put(runner: QueryRunner, values: readonly T[]): Promise<void> {
    const last = new Map(values.map(value => [this.#keyOfValue(value), value]));
    await this.#run(runner, `${this.#insert} ${this.#replacing}`, [...last.values()]);
  }

  /** Replaces exactly the predecessors. @returns the values that have none in the table */
  async advance(runner: QueryRunner, values: readonly T[]): Promise<T[]> {
    return this.#without(values, await this.#run(runner, this.#advance, values));
  }

  /** @returns the values whose key is taken */
  async insertFirst(runner: QueryRunner, values: readonly T[]): Promise<T[]> {
    const keys = this.shape.keys.join(', ');
    return this.#without(
      values,
      await this.insert(runner, values, `ON CONFLICT DO NOTHING RETURNING ${keys}`),
    );
  }

  async #run(runner: QueryRunner, sql: string, values: readonly Omit<T, 'id'>[]): Promise<RawRow[]> {
    if (values.length === 0) return [];
    const rows = values.map(value => this.shape.toRow(value));
    const columns = this.shape.names.map((_, column) => rows.map(row => row[column]));
    return rowsOf(runner, sql, columns);
  }

  #without(values: readonly T[], written: readonly RawRow[]): T[] {
    const done = new Set(written.map(row => this.shape.keys.map(key => row[key]).join('\n')));
    return values.filter(value => !done.has(this.#keyOfValue(value)));
  }

  #keyOfValue(value: T): string {
    return this.shape.toRow(value).slice(this.shape.rest.length).join('\n');
  }
}

export async function rowsOf(runner: QueryRunner, sql: string, parameters: unknown[]): Promise<RawRow[]> {
  const result = await runner.query(sql, parameters, true);
  return result.records;
}

const unnested = ({ names, types }: TableColumns): string =>
  `unnest(${types.map((type, place) => `$${place + 1}::${type}[]`).join(', ')}) AS v(${names.join(', ')})`;
