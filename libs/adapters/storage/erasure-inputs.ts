// The input log of one period: its rows found window by window, for nothing points to them (docs/adr/0014), and blanked.
import { type EntityManager, In } from 'typeorm';
import type { PastPeriod } from '#domain/erasure';
import type { Database } from './database.js';
import { type Dialect, entitiesOf } from './entities/index.js';
import type { Question } from './history-queries.js';
import type { RawRow } from './record-shape.js';

const dayMs = 86_400_000;

export interface InputWindow {
  readonly deviceId: string;
  readonly epoch: number;
  /** Numbers of the log, both included. */
  readonly first: number;
  readonly last: number;
}

/** Some thousand rows are looked at within ten milliseconds. */
export const windowRows = 10_000;

const inputsSql = `
  SELECT id FROM inputs WHERE id >= $1 AND id <= $2 AND device_id = $3 AND epoch = $4 AND kind <> 'erased' ORDER BY id`;

export function inputsQuestion({ first, last, deviceId, epoch }: InputWindow): Question<number> {
  return { sql: inputsSql, parameters: [first, last, deviceId, epoch], toValue: ({ id }) => Number(id) };
}

/** Where the server reads beside everything else. */
export async function inputsOn(database: Database, window: InputWindow): Promise<number[]> {
  const { sql, parameters, toValue } = inputsQuestion(window);
  const rows: RawRow[] = await database.read(manager => manager.query(sql, [...parameters]));
  return rows.map(toValue);
}

export function* windowsOf({ deviceId, epoch }: PastPeriod, log: { first: number; last: number }) {
  for (let first = log.first; first <= log.last; first += windowRows)
    yield { deviceId, epoch, first, last: first + windowRows - 1 } satisfies InputWindow;
}

/**
 * The row stays, with its stamp: by that a message which is sent again is known. Of its times the day stays, by which the
 * log is forgotten.
 * @returns how many messages those were
 */
export async function blankInputs(manager: EntityManager, dialect: Dialect, ids: number[]): Promise<number> {
  const { inputs } = entitiesOf(dialect);
  const { affected } = await manager.update(
    inputs,
    { id: In(ids) },
    {
      kind: 'erased',
      body: null as never,
      at: () => `at - at % ${dayMs}`,
      receivedAt: () => `received_at - received_at % ${dayMs}`,
    },
  );
  return dialect === 'sqlite' ? await messagesIn(manager, ids) : (affected ?? 0);
}

/** On SQLite a row may hold several. */
async function messagesIn(manager: EntityManager, ids: number[]): Promise<number> {
  const asked = ids.map(() => '?').join(', ');
  const [row]: RawRow[] = await manager.query(
    `SELECT sum(messages) AS messages FROM inputs WHERE id IN (${asked})`,
    ids,
  );
  return Number(row?.messages ?? 0);
}
