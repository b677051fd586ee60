// The order and form of an entity's columns, taken from its schema once: what raw SQL of the hot path is made from.
import type { DataSource, EntitySchema, ValueTransformer } from 'typeorm';

interface Column {
  readonly property: string;
  readonly name: string;
  /** PostgreSQL's name of the type. */
  readonly type: string;
  readonly isKey: boolean;
  readonly transformer: ValueTransformer | undefined;
}

export type RawRow = Readonly<Record<string, unknown>>;

/** What SQL needs to know of a table. */
export interface TableColumns {
  readonly table: string;
  /** The key's stand last, so that a row's values fit `SET … WHERE key = …` as well as `VALUES (…)`. */
  readonly names: readonly string[];
  readonly keys: readonly string[];
  /** All names but the key's. */
  readonly rest: readonly string[];
  /** PostgreSQL's types, in the order of the names. */
  readonly types: readonly string[];
}

export class RecordShape<T extends object> implements TableColumns {
  readonly table: string;
  readonly names: readonly string[];
  readonly keys: readonly string[];
  readonly rest: readonly string[];
  readonly types: readonly string[];
  readonly #columns: readonly Column[];

  /** @param without properties that the database itself fills in */
  constructor(source: DataSource, entity: EntitySchema<T>, without: readonly string[] = []) {
    const metadata = source.getMetadata(entity);
    this.table = metadata.tableName;
    this.#columns = metadata.columns
      .filter(column => !without.includes(column.propertyName))
      .map(column => ({
        property: column.propertyName,
        name: column.databaseName,
        type: String(column.type),
        isKey: column.isPrimary,
        transformer: [column.transformer].flat()[0],
      }))
      .sort((a, b) => Number(a.isKey) - Number(b.isKey));
    this.names = this.#columns.map(column => column.name);
    this.types = this.#columns.map(column => column.type);
    this.keys = this.#columns.filter(column => column.isKey).map(column => column.name);
    this.rest = this.#columns.filter(column => !column.isKey).map(column => column.name);
  }

  /** The values in the order of the names, as the drivers take them. */
  toRow(value: Omit<T, 'id'>): unknown[] {
    const properties = value as Readonly<Record<string, unknown>>;
    return this.#columns.map(({ property, transformer }) => {
      const own = properties[property];
      return transformer ? transformer.to(own) : own;
    });
  }

  /** Of a row that holds these columns by name, and perhaps others. */
  toValue(row: RawRow): T {
    const entries = this.#columns.map(({ property, name, transformer }) => [
      property,
      transformer ? transformer.from(row[name]) : row[name],
    ]);
    return Object.fromEntries(entries) as T;
  }
}
