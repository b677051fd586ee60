// Writes a batch of the intake with statements that were prepared once; runs inside a transaction of its caller.
import type BetterSqlite3 from 'better-sqlite3';
import type { BindingChange } from '#domain/binding';
import { DomainError } from '#domain/errors';
import type { Placement } from '#domain/homes';
import type { IntakeBatch } from '#domain/intake';
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
import type { TableColumns } from './record-shape.js';
import { SqliteBrokerWriter } from './sqlite-broker-writer.js';
import { SqliteHistoryWriter } from './sqlite-history-writer.js';
import { SqliteInputLog } from './sqlite-input-log.js';
import { insertInto, replacing } from './sqlite-statements.js';

interface Versioned {
  readonly deviceId: string;
  readonly version: number;
}

export class SqliteBatchWriter {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #broker: SqliteBrokerWriter;
  readonly #history: SqliteHistoryWriter;
  readonly #log: SqliteInputLog;

  constructor(
    handle: BetterSqlite3.Database,
    private readonly shapes: IntakeShapes,
  ) {
    this.#statements = prepare(handle, shapes);
    this.#broker = new SqliteBrokerWriter(handle, shapes);
    this.#history = new SqliteHistoryWriter(handle);
    this.#log = new SqliteInputLog(handle);
  }

  /** @throws StaleDevices when a version does not follow the stored one: the caller rolls back. */
  write(batch: IntakeBatch): Notice[] {
    this.#writeFenced(batch);
    const { shapes } = this;
    const statements = this.#statements;
    this.#history.write(this.#log.write(batch.inputs));
    for (const alarm of batch.alarms) statements.putAlarm.run(shapes.alarms.toRow(alarm));
    for (const own of batch.figures) statements.putFigures.run(shapes.deviceFigures.toRow(own));
    for (const change of batch.modes) {
      statements.setMode.run(change.mode, change.since, change.homeId);
      statements.putModeChange.run(shapes.modeChanges.toRow(change));
    }
    this.#broker.write(batch.broker);
    this.#bury(batch.deadLetters);
    for (const lost of batch.lost) statements.cancelForLost.run(...lostValues(lost));
    const notices = batch.notices.flatMap(draft => this.#number(draft) ?? []);
    this.#queueAll(batch);
    return notices;
  }

  /** What `write` wrote last has been rolled back. */
  rolledBack(): void {
    this.#log.forget();
    this.#history.forget();
  }

  #writeFenced(batch: IntakeBatch): void {
    const { deviceStates, ruleMemories, bindings } = this.shapes;
    const { state, memory, binding } = this.#statements;
    const stale = [
      ...batch.deviceStates.filter(next => !follow(state, next, deviceStates.toRow(next))),
      ...batch.ruleMemories.filter(next => !follow(memory, next, ruleMemories.toRow(next))),
      ...batch.bindings
        .map(change => change.next)
        .filter(next => binding.update.run(...bindings.toRow(next), next.version - 1).changes === 0),
    ];
    if (stale.length > 0) throw new StaleDevices([...new Set(stale.map(next => next.deviceId))]);
    for (const change of batch.bindings) this.#requireHome(change);
    for (const change of batch.bindings) this.#note(change);
    for (const placed of batch.placed) this.#hang(placed);
  }

  /** @throws DomainError `not-found`: one that was removed meanwhile is no place for a device. */
  #requireHome({ next: { homeId } }: BindingChange): void {
    if (homeId !== null && this.#statements.homeStands.get(homeId) === undefined)
      throw new DomainError('not-found');
  }

  #hang(placed: Placement): void {
    this.#statements.takeDown.run(placed.deviceId);
    if (placed.roomId !== null) this.#statements.hang.run(hangValues(placed));
  }

  #note({ ledger }: BindingChange): void {
    const { beginErasure, insertLedgerRow } = this.#statements;
    for (const row of ledger)
      if (!asksForErasure(row) || beginErasure.get(...erasureOf(row)) !== undefined)
        insertLedgerRow.run(this.shapes.ledgerRows.toRow(row));
  }

  #bury(letters: IntakeBatch['deadLetters']): void {
    if (letters.length === 0) return;
    for (const letter of letters)
      this.#statements.insertDeadLetter.run(this.shapes.deadLetters.toRow(letter));
    this.#statements.dropOldDeadLetters.run();
  }

  /** The counter rises inside the transaction, so a rollback leaves no gap. */
  #number(draft: NoticeDraft): Notice | null {
    if (this.#statements.counterOfNotice.get(draft.id) !== undefined) return null;
    const counter = Number(this.#statements.nextCounter.get(draft.accountId));
    const notice = { ...draft, counter, seenAt: null };
    this.#statements.insertNotice.run(this.shapes.notices.toRow(notice));
    return notice;
  }

  #queueAll({ released, stopped, deliveries }: IntakeBatch): void {
    for (const { subjectId, upTo, at } of released) this.#statements.release.run(at, subjectId, upTo);
    for (const { subjectId, at } of stopped) this.#statements.stop.run(neededNoMore, at, subjectId);
    const follows = ({ enters }: QueuedDelivery) => enters === 'if-told';
    for (const delivery of deliveries) if (!follows(delivery)) this.#queue(delivery);
    for (const delivery of deliveries)
      if (follows(delivery) && this.#wasTold(delivery)) this.#queue(delivery);
  }

  #wasTold({ accountId, subjectId, endpointId }: QueuedDelivery): boolean {
    return this.#statements.told.get(accountId, subjectId, endpointId) !== undefined;
  }

  #queue(draft: QueuedDelivery): void {
    const counter = this.#statements.counterOfNotice.get(draft.noticeId);
    if (counter === undefined) throw new Error(`delivery ${draft.id} tells of a notice that is not stored`);
    const stands = this.#statements.endpointStands.get(draft.endpointId) !== undefined;
    const row = deliveryRow(draft, Number(counter), stands);
    this.#statements.insertDelivery.run(this.shapes.deliveries.toRow(row));
  }
}

type Fenced = ReturnType<typeof fenced>;

/** The first version is inserted, every later one replaces exactly its predecessor. */
function follow({ insert, update }: Fenced, next: Versioned, row: unknown[]): boolean {
  const { changes } = next.version === 1 ? insert.run(row) : update.run(...row, next.version - 1);
  return changes === 1;
}

function prepare(handle: BetterSqlite3.Database, shapes: IntakeShapes) {
  const insert = (shape: TableColumns, conflict = '') => handle.prepare(insertInto(shape, conflict));
  return {
    state: fenced(handle, shapes.deviceStates),
    memory: fenced(handle, shapes.ruleMemories),
    binding: fenced(handle, shapes.bindings),
    cancelForLost: handle.prepare(cancelForLost('sqlite')),
    takeDown: handle.prepare(takeDown('sqlite')),
    hang: handle.prepare(hang('sqlite')),
    homeStands: handle.prepare('SELECT 1 FROM homes WHERE id = ?').pluck(),
    insertLedgerRow: insert(shapes.ledgerRows),
    beginErasure: handle.prepare(erasureBegins('sqlite')),
    putAlarm: insert(shapes.alarms, replacing(shapes.alarms)),
    setMode: handle.prepare('UPDATE homes SET mode = ?, mode_since = ? WHERE id = ?'),
    putFigures: insert(shapes.deviceFigures, replacing(shapes.deviceFigures)),
    putModeChange: insert(shapes.modeChanges, replacing(shapes.modeChanges)),
    insertDeadLetter: insert(shapes.deadLetters),
    dropOldDeadLetters: handle.prepare(
      `DELETE FROM dead_letters
       WHERE id <= (SELECT id FROM dead_letters ORDER BY id DESC LIMIT 1 OFFSET ${mostDeadLetters})`,
    ),
    counterOfNotice: handle.prepare('SELECT counter FROM notices WHERE id = ?').pluck(),
    nextCounter: handle
      .prepare(
        `INSERT INTO notice_counters (account_id, last) VALUES (?, 1)
         ON CONFLICT (account_id) DO UPDATE SET last = last + 1 RETURNING last`,
      )
      .pluck(),
    insertNotice: insert(shapes.notices),
    endpointStands: handle.prepare('SELECT 1 FROM endpoints WHERE id = ?').pluck(),
    insertDelivery: insert(shapes.deliveries, 'ON CONFLICT DO NOTHING'),
    release: handle.prepare(
      "UPDATE deliveries SET state = 'due', due_at = ? WHERE subject_id = ? AND state = 'held' AND stage <= ?",
    ),
    stop: handle.prepare(
      "UPDATE deliveries SET state = 'cancelled', detail = ?, settled_at = ? WHERE subject_id = ? AND state = 'held'",
    ),
    told: handle
      .prepare(
        `SELECT 1 FROM deliveries WHERE account_id = ? AND subject_id = ? AND endpoint_id = ?
         AND state IN ('due', 'accepted') LIMIT 1`,
      )
      .pluck(),
  };
}

function fenced(handle: BetterSqlite3.Database, shape: TableColumns) {
  const changed = shape.rest.map(name => `${name} = ?`).join(', ');
  const found = [...shape.keys, 'version'].map(name => `${name} = ?`).join(' AND ');
  return {
    insert: handle.prepare(insertInto(shape, 'ON CONFLICT DO NOTHING')),
    update: handle.prepare(`UPDATE ${shape.table} SET ${changed} WHERE ${found}`),
  };
}
