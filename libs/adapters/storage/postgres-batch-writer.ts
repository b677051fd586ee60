// Writes a batch of the intake with a few statements of many rows; runs inside a transaction of its caller.
import type { QueryRunner } from 'typeorm';
import type { BindingChange, LedgerRow } from '#domain/binding';
import { DomainError } from '#domain/errors';
import type { InputRow, IntakeBatch } from '#domain/intake';
import type { Notice, NoticeDraft, QueuedDelivery } from '#domain/notices';
import { asksForErasure, erasureBegins, erasureOf } from './erasure-lines.js';
import {
  deliveryRow,
  type IntakeShapes,
  mostDeadLetters,
  neededNoMore,
  StaleDevices,
} from './intake-shapes.js';
import { cancelForLost, lostValues } from './lost-rights.js';
import { hang, hangValues, takeDown } from './placements.js';
import { PostgresBrokerWriter } from './postgres-broker-writer.js';
import { writePostgresHistory } from './postgres-history-writer.js';
import { PostgresTable, rowsOf } from './postgres-table.js';
import type { RawRow } from './record-shape.js';

interface Versioned {
  readonly deviceId: string;
  readonly version: number;
}

export class PostgresBatchWriter {
  readonly #tables: ReturnType<typeof tablesOf>;
  readonly #broker: PostgresBrokerWriter;

  constructor(shapes: IntakeShapes) {
    this.#tables = tablesOf(shapes);
    this.#broker = new PostgresBrokerWriter(shapes);
  }

  /** @throws StaleDevices when a version does not follow the stored one: the transaction rolls back. */
  async write(runner: QueryRunner, batch: IntakeBatch): Promise<Notice[]> {
    const tables = this.#tables;
    await this.#writeFenced(runner, batch);
    await writePostgresHistory(runner, await this.#log(runner, batch.inputs));
    await tables.alarms.put(runner, batch.alarms);
    for (const { homeId, mode, since } of batch.modes)
      await runner.query('UPDATE homes SET mode = $1, mode_since = $2 WHERE id = $3', [mode, since, homeId]);
    await tables.deviceFigures.put(runner, batch.figures);
    await tables.modeChanges.put(runner, batch.modes);
    await this.#broker.write(runner, batch.broker);
    await this.#bury(runner, batch.deadLetters);
    for (const lost of batch.lost) await runner.query(cancelForLost('postgres'), lostValues(lost));
    const notices = await this.#number(runner, batch.notices);
    await changeHeld(runner, batch);
    const follows = ({ enters }: QueuedDelivery) => enters === 'if-told';
    await this.#queue(
      runner,
      batch.deliveries.filter(delivery => !follows(delivery)),
    );
    await this.#queue(runner, await alreadyTold(runner, batch.deliveries.filter(follows)));
    return notices;
  }

  /** @returns the inputs that were not there already; of two with one stamp, the first */
  async #log(runner: QueryRunner, inputs: readonly InputRow[]): Promise<readonly InputRow[]> {
    const written = await this.#tables.inputs.insert(
      runner,
      inputs,
      `ON CONFLICT (device_id, boot, seq) WHERE boot IS NOT NULL DO NOTHING
       RETURNING device_id AS "deviceId", boot, seq`,
    );
    const stamps = new Set(written.map(stampText));
    return inputs.filter(input => input.boot === null || stamps.delete(stampText(input)));
  }

  async #writeFenced(runner: QueryRunner, batch: IntakeBatch): Promise<void> {
    const stale: Versioned[] = [
      ...(await follow(runner, this.#tables.deviceStates, batch.deviceStates)),
      ...(await follow(runner, this.#tables.ruleMemories, batch.ruleMemories)),
      ...(await this.#staleBindings(runner, batch.bindings)),
    ];
    if (stale.length > 0) throw new StaleDevices([...new Set(stale.map(next => next.deviceId))]);
    await requireHomes(runner, batch.bindings);
    const ledger: LedgerRow[] = [];
    for (const row of batch.bindings.flatMap(change => change.ledger))
      if (!asksForErasure(row) || (await beginsErasure(runner, row))) ledger.push(row);
    await this.#tables.ledgerRows.insert(runner, ledger);
    for (const placed of batch.placed) {
      await runner.query(takeDown('postgres'), [placed.deviceId]);
      if (placed.roomId !== null) await runner.query(hang('postgres'), hangValues(placed));
    }
  }

  /** One by one: a device may change hands twice in a batch. */
  async #staleBindings(runner: QueryRunner, changes: readonly BindingChange[]): Promise<Versioned[]> {
    const stale: Versioned[] = [];
    for (const { next } of changes) stale.push(...(await this.#tables.bindings.advance(runner, [next])));
    return stale;
  }

  async #bury(runner: QueryRunner, letters: IntakeBatch['deadLetters']): Promise<void> {
    if (letters.length === 0) return;
    await this.#tables.deadLetters.insert(runner, letters);
    await runner.query(
      `DELETE FROM dead_letters
       WHERE id <= (SELECT id FROM dead_letters ORDER BY id DESC LIMIT 1 OFFSET ${mostDeadLetters})`,
    );
  }

  /**
   * The counters' rows are locked first, in one order: what another transaction gives a person is then either
   * committed and seen, or waits for this one. So counters have no gaps, and no notice gets two.
   */
  async #number(runner: QueryRunner, drafts: readonly NoticeDraft[]): Promise<Notice[]> {
    if (drafts.length === 0) return [];
    const last = await lockCounters(runner, [...new Set(drafts.map(draft => draft.accountId))].sort());
    const known = await countersOfNotices(
      runner,
      drafts.map(draft => draft.id),
    );
    const fresh = new Map(drafts.filter(draft => !known.has(draft.id)).map(draft => [draft.id, draft]));
    const notices = [...fresh.values()].map(draft => {
      const counter = (last.get(draft.accountId) ?? 0) + 1;
      last.set(draft.accountId, counter);
      return { ...draft, counter, seenAt: null };
    });
    await this.#tables.notices.insert(runner, notices);
    await runner.query(
      `UPDATE notice_counters SET last = v.last FROM unnest($1::text[], $2::bigint[]) AS v(account_id, last)
       WHERE notice_counters.account_id = v.account_id`,
      [[...last.keys()], [...last.values()]],
    );
    return notices;
  }

  async #queue(runner: QueryRunner, drafts: readonly QueuedDelivery[]): Promise<void> {
    if (drafts.length === 0) return;
    const counters = await countersOfNotices(
      runner,
      drafts.map(draft => draft.noticeId),
    );
    const endpoints = await rowsOf(runner, 'SELECT id FROM endpoints WHERE id = ANY($1)', [
      drafts.map(draft => draft.endpointId),
    ]);
    const standing = new Set(endpoints.map(row => row.id));
    const rows = drafts.map(draft => {
      const counter = counters.get(draft.noticeId);
      if (counter === undefined) throw new Error(`delivery ${draft.id} tells of a notice that is not stored`);
      return deliveryRow(draft, counter, standing.has(draft.endpointId));
    });
    await this.#tables.deliveries.insert(runner, rows, 'ON CONFLICT DO NOTHING');
  }
}

const stampText = ({ deviceId, boot, seq }: RawRow | InputRow): string => `${deviceId}/${boot}/${seq}`;

const tablesOf = (shapes: IntakeShapes) => ({
  deviceStates: new PostgresTable(shapes.deviceStates),
  ruleMemories: new PostgresTable(shapes.ruleMemories),
  bindings: new PostgresTable(shapes.bindings),
  ledgerRows: new PostgresTable(shapes.ledgerRows),
  inputs: new PostgresTable(shapes.inputs),
  alarms: new PostgresTable(shapes.alarms),
  deviceFigures: new PostgresTable(shapes.deviceFigures),
  modeChanges: new PostgresTable(shapes.modeChanges),
  deadLetters: new PostgresTable(shapes.deadLetters),
  notices: new PostgresTable(shapes.notices),
  deliveries: new PostgresTable(shapes.deliveries),
});

async function beginsErasure(runner: QueryRunner, row: LedgerRow): Promise<boolean> {
  return (await rowsOf(runner, erasureBegins('postgres'), erasureOf(row))).length > 0;
}

/**
 * Whoever removes one of the homes waits until this has ended.
 * @throws DomainError `not-found`: one that was removed meanwhile is no place for a device.
 */
async function requireHomes(runner: QueryRunner, changes: readonly BindingChange[]): Promise<void> {
  const ids = [...new Set(changes.flatMap(({ next }) => next.homeId ?? []))].sort();
  if (ids.length === 0) return;
  const homes = await rowsOf(runner, 'SELECT id FROM homes WHERE id = ANY($1) ORDER BY id FOR KEY SHARE', [
    ids,
  ]);
  if (homes.length < ids.length) throw new DomainError('not-found');
}

/** The first version is inserted, every later one replaces exactly its predecessor. @returns those that did not follow */
async function follow<T extends Versioned>(
  runner: QueryRunner,
  table: PostgresTable<T>,
  values: readonly T[],
): Promise<T[]> {
  return [
    ...(await table.insertFirst(
      runner,
      values.filter(value => value.version === 1),
    )),
    ...(await table.advance(
      runner,
      values.filter(value => value.version !== 1),
    )),
  ];
}

async function lockCounters(runner: QueryRunner, accountIds: string[]): Promise<Map<string, number>> {
  const rows = await rowsOf(
    runner,
    `INSERT INTO notice_counters (account_id, last) SELECT unnest($1::text[]), 0
     ON CONFLICT (account_id) DO UPDATE SET last = notice_counters.last RETURNING account_id, last`,
    [accountIds],
  );
  return new Map(rows.map(row => [String(row.account_id), Number(row.last)]));
}

async function countersOfNotices(runner: QueryRunner, ids: string[]): Promise<Map<string, number>> {
  const rows = await rowsOf(runner, 'SELECT id, counter FROM notices WHERE id = ANY($1)', [ids]);
  return new Map(rows.map(row => [String(row.id), Number(row.counter)]));
}

async function changeHeld(runner: QueryRunner, { released, stopped }: IntakeBatch): Promise<void> {
  if (released.length > 0)
    await runner.query(
      `UPDATE deliveries SET state = 'due', due_at = v.at
       FROM unnest($1::text[], $2::integer[], $3::bigint[]) AS v(subject_id, up_to, at)
       WHERE deliveries.subject_id = v.subject_id AND state = 'held' AND stage <= v.up_to`,
      [released.map(each => each.subjectId), released.map(each => each.upTo), released.map(each => each.at)],
    );
  if (stopped.length > 0)
    await runner.query(
      `UPDATE deliveries SET state = 'cancelled', detail = $3, settled_at = v.at
       FROM unnest($1::text[], $2::bigint[]) AS v(subject_id, at)
       WHERE deliveries.subject_id = v.subject_id AND state = 'held'`,
      [stopped.map(each => each.subjectId), stopped.map(each => each.at), neededNoMore],
    );
}

/** Of what follows, that whose endpoint was told of the subject before. */
async function alreadyTold(
  runner: QueryRunner,
  following: readonly QueuedDelivery[],
): Promise<readonly QueuedDelivery[]> {
  if (following.length === 0) return [];
  const rows = await rowsOf(
    runner,
    `SELECT v.id FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
       AS v(id, account_id, subject_id, endpoint_id)
     WHERE EXISTS (SELECT 1 FROM deliveries d WHERE d.account_id = v.account_id AND d.subject_id = v.subject_id
       AND d.endpoint_id = v.endpoint_id AND d.state IN ('due', 'accepted'))`,
    [
      following.map(each => each.id),
      following.map(each => each.accountId),
      following.map(each => each.subjectId),
      following.map(each => each.endpointId),
    ],
  );
  const told = new Set(rows.map(row => row.id));
  return following.filter(({ id }) => told.has(id));
}
