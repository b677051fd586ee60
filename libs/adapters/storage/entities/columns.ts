// The kinds of columns that mean the same on SQLite and PostgreSQL; entities are made of these alone.
import {
  EntitySchema,
  type EntitySchemaColumnOptions,
  type EntitySchemaOptions,
  type ValueTransformer,
} from 'typeorm';

export type Dialect = 'sqlite' | 'postgres';

/** A table with a column for every property: one that is forgotten does not compile. */
export const tableOf = <T extends object>(
  table: EntitySchemaOptions<T> & { columns: { [P in keyof T]-?: EntitySchemaColumnOptions } },
): EntitySchema<T> => new EntitySchema<T>(table);

/** PostgreSQL's driver gives a bigint as a string; every whole number of ours is below 2^53. */
const wholeNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (raw: unknown) => (typeof raw === 'string' ? Number(raw) : raw),
};

/** JSON stands as text on both: `jsonb` would reorder keys, and refuses the NUL that a device may send. */
const jsonText: ValueTransformer = {
  to: (value: unknown) => JSON.stringify(value ?? null),
  from: (raw: unknown) => (typeof raw === 'string' ? JSON.parse(raw) : raw),
};

const jsonTextOrNull: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: jsonText.from,
};

const binary: ValueTransformer = {
  to: (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value) : value),
  from: (raw: unknown) => (raw instanceof Uint8Array ? new Uint8Array(raw) : raw),
};

export const text = { type: 'text' } as const satisfies EntitySchemaColumnOptions;
export const textOrNull = { ...text, nullable: true } as const;
/** Up to 2^31 − 1. */
export const count = { type: 'integer' } as const satisfies EntitySchemaColumnOptions;
/** Up to 2^53 − 1. */
export const whole = {
  type: 'bigint',
  transformer: wholeNumber,
} as const satisfies EntitySchemaColumnOptions;
export const wholeOrNull = { ...whole, nullable: true } as const;
/** 0 or 1: SQLite has no boolean. */
export const flag = {
  ...count,
  transformer: { to: Number, from: Boolean },
} as const satisfies EntitySchemaColumnOptions;
/** Milliseconds since the epoch. */
export const timeMs = whole;
export const timeMsOrNull = wholeOrNull;
/** `real` would be float4 on PostgreSQL. */
export const value = { type: 'double precision' } as const satisfies EntitySchemaColumnOptions;
export const valueOrNull = { ...value, nullable: true } as const;
/** JSON null is a value here. */
export const json = { ...text, transformer: jsonText } as const;
export const jsonOrNull = { ...textOrNull, transformer: jsonTextOrNull } as const;
/** Numbers rows as they come in; for tables that stay below 2^31 of them. */
export const serial = { ...count, primary: true, generated: 'increment' } as const;

/** Numbers the rows of a log without an end. On SQLite it is the rowid, which costs no index. */
export const logNumber = (dialect: Dialect): EntitySchemaColumnOptions =>
  dialect === 'sqlite'
    ? { type: 'integer', primary: true }
    : { ...whole, primary: true, generated: 'increment' };

export const bytes = (dialect: Dialect): EntitySchemaColumnOptions => ({
  type: dialect === 'sqlite' ? 'blob' : 'bytea',
  transformer: binary,
});
