// The input log, the dead letters, and the row that a health probe writes.
import type { EntitySchema } from 'typeorm';
import type { DeadLetter, InputRow, StampRange } from '#domain/intake';
import {
  bytes,
  count,
  type Dialect,
  json,
  logNumber,
  tableOf,
  text,
  timeMs,
  whole,
  wholeOrNull,
} from './columns.js';

/** When the store last proved that it can write. */
export interface Probe {
  readonly id: number;
  readonly at: number;
  /** A disk that is full still has room for a few bytes. */
  readonly ballast: string;
}

interface Numbered {
  readonly id: number;
}

type LoggedInput = Omit<InputRow, 'recorded' | 'text'> & Numbered;

const inputColumns = (dialect: Dialect) => ({
  id: logNumber(dialect),
  deviceId: text,
  epoch: count,
  kind: text,
  boot: wholeOrNull,
  seq: wholeOrNull,
  at: timeMs,
  clock: text,
  receivedAt: timeMs,
  body: json,
});

const postgresInputEntity = tableOf<LoggedInput>({
  name: 'input',
  tableName: 'inputs',
  columns: inputColumns('postgres'),
  indices: [
    {
      name: 'inputs_stamp',
      columns: ['deviceId', 'boot', 'seq'],
      unique: true,
      where: 'boot IS NOT NULL',
    },
    { name: 'inputs_newest', columns: ['deviceId', 'id'], where: 'boot IS NOT NULL' },
  ],
});

/** In the order of the log on SQLite (`sqlite-input-log.ts`). */
interface Chained {
  /** The row before of the same device. */
  readonly previous: number | null;
  /** Those of the row: several of one device that came together stand in one (`input-run.ts`). */
  readonly messages: number;
}

/** Its stamps stand in ranges of their own, and the stamped inputs of a device are a chain. */
const sqliteInputEntity = tableOf<LoggedInput & Chained>({
  name: 'input',
  tableName: 'inputs',
  columns: {
    ...inputColumns('sqlite'),
    previous: wholeOrNull,
    messages: { ...count, default: 1 },
  },
});

export const inputEntity = (dialect: Dialect): EntitySchema<LoggedInput> =>
  dialect === 'sqlite' ? sqliteInputEntity : postgresInputEntity;

/** On SQLite alone. */
export const StampRangeEntity = tableOf<
  StampRange & { readonly deviceId: string; readonly newestId: number }
>({
  name: 'stamp-range',
  tableName: 'stamp_ranges',
  withoutRowid: true,
  columns: {
    deviceId: { ...text, primary: true },
    boot: { ...whole, primary: true },
    first: { ...whole, primary: true },
    last: whole,
    newestId: whole,
  },
});

export const deadLetterEntity = (dialect: Dialect) =>
  tableOf<DeadLetter & Numbered>({
    name: 'dead-letter',
    tableName: 'dead_letters',
    columns: {
      id: logNumber(dialect),
      deviceId: text,
      kind: text,
      reason: text,
      payload: bytes(dialect),
      bytes: count,
      at: timeMs,
    },
  });

export const ProbeEntity = tableOf<Probe>({
  name: 'probe',
  tableName: 'probes',
  columns: { id: { ...count, primary: true }, at: timeMs, ballast: text },
});
