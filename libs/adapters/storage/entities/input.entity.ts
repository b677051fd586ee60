// The input log, the dead letters, and the row that a health probe writes.
import type { DeadLetter, InputRow } from '#domain/intake';
import {
  bytes,
  count,
  type Dialect,
  json,
  logNumber,
  tableOf,
  text,
  timeMs,
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

export const inputEntity = (dialect: Dialect) =>
  tableOf<Omit<InputRow, 'recorded'> & Numbered>({
    name: 'input',
    tableName: 'inputs',
    columns: {
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
    },
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
