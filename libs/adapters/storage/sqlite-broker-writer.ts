// Writes what a batch changes in the broker's memory on SQLite; runs inside the batch's transaction.
import type BetterSqlite3 from 'better-sqlite3';
import type { BrokerChange } from '#domain/intake';
import { netOf } from './broker-net.js';
import { clientTables, type IntakeShapes } from './intake-shapes.js';
import type { TableColumns } from './record-shape.js';
import { insertInto, replacing } from './sqlite-statements.js';

export class SqliteBrokerWriter {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(
    handle: BetterSqlite3.Database,
    private readonly shapes: IntakeShapes,
  ) {
    this.#statements = prepare(handle, shapes);
  }

  write(changes: readonly BrokerChange[]): void {
    if (changes.length === 0) return;
    const net = netOf(changes);
    const { shapes } = this;
    const statements = this.#statements;
    for (const clientId of net.ended) for (const end of statements.end) end.run(clientId);
    for (const { clientId, topic } of net.forgotten) statements.forget.run(clientId, topic);
    for (const row of net.sessions) statements.putSession.run(shapes.keptSessions.toRow(row));
    for (const row of net.subscriptions) statements.subscribe.run(shapes.keptSubscriptions.toRow(row));
    for (const { clientId, filter } of net.unsubscribed) statements.unsubscribe.run(clientId, filter);
    for (const row of net.queued) statements.queue.run(shapes.queuedMessages.toRow(row));
    for (const { clientId, packetId } of net.dequeued) statements.dequeue.run(clientId, packetId);
    for (const { clientId, packetId } of net.released) statements.release.run(clientId, packetId);
    for (const row of net.receivedOnce) statements.receiveOnce.run(shapes.receivedOnce.toRow(row));
    for (const { clientId, packetId } of net.forgottenOnce) statements.forgetOnce.run(clientId, packetId);
    for (const row of net.retained) statements.retain.run(shapes.retainedMessages.toRow(row));
    for (const topic of net.unretained) statements.unretain.run(topic);
  }
}

function prepare(handle: BetterSqlite3.Database, shapes: IntakeShapes) {
  const put = (shape: TableColumns) => handle.prepare(insertInto(shape, replacing(shape)));
  const dropPacket = (table: string) =>
    handle.prepare(`DELETE FROM ${table} WHERE client_id = ? AND packet_id = ?`);
  return {
    end: clientTables.map(table => handle.prepare(`DELETE FROM ${table} WHERE client_id = ?`)),
    forget: handle.prepare('DELETE FROM queued_messages WHERE client_id = ? AND topic = ?'),
    putSession: put(shapes.keptSessions),
    subscribe: put(shapes.keptSubscriptions),
    unsubscribe: handle.prepare('DELETE FROM kept_subscriptions WHERE client_id = ? AND filter = ?'),
    queue: put(shapes.queuedMessages),
    dequeue: dropPacket('queued_messages'),
    release: handle.prepare(
      `UPDATE queued_messages SET state = 'released', payload = x'' WHERE client_id = ? AND packet_id = ?`,
    ),
    receiveOnce: handle.prepare(insertInto(shapes.receivedOnce, 'ON CONFLICT DO NOTHING')),
    forgetOnce: dropPacket('received_once'),
    retain: put(shapes.retainedMessages),
    unretain: handle.prepare('DELETE FROM retained_messages WHERE topic = ?'),
  };
}
