// Writes what a batch changes in the broker's memory on PostgreSQL, a statement a table; runs inside its transaction.
import type { QueryRunner } from 'typeorm';
import type { BrokerChange } from '#domain/intake';
import { type BrokerNet, netOf } from './broker-net.js';
import { clientTables, type IntakeShapes } from './intake-shapes.js';
import { PostgresTable } from './postgres-table.js';

interface PacketKey {
  readonly clientId: string;
  readonly packetId: number;
}

export class PostgresBrokerWriter {
  readonly #tables: ReturnType<typeof tablesOf>;

  constructor(shapes: IntakeShapes) {
    this.#tables = tablesOf(shapes);
  }

  async write(runner: QueryRunner, changes: readonly BrokerChange[]): Promise<void> {
    if (changes.length === 0) return;
    const net = netOf(changes);
    const tables = this.#tables;
    if (net.ended.length > 0)
      for (const table of clientTables)
        await runner.query(`DELETE FROM ${table} WHERE client_id = ANY($1)`, [net.ended]);
    await forget(runner, net.forgotten);
    await tables.sessions.put(runner, net.sessions);
    await tables.subscriptions.put(runner, net.subscriptions);
    await unsubscribe(runner, net.unsubscribed);
    await tables.queue.put(runner, net.queued);
    await atPackets(runner, 'DELETE FROM queued_messages AS t USING', net.dequeued);
    await atPackets(
      runner,
      `UPDATE queued_messages AS t SET state = 'released', payload = '' FROM`,
      net.released,
    );
    await tables.once.insert(runner, net.receivedOnce, 'ON CONFLICT DO NOTHING');
    await atPackets(runner, 'DELETE FROM received_once AS t USING', net.forgottenOnce);
    await tables.retained.put(runner, net.retained);
    if (net.unretained.length > 0)
      await runner.query('DELETE FROM retained_messages WHERE topic = ANY($1)', [net.unretained]);
  }
}

const tablesOf = (shapes: IntakeShapes) => ({
  sessions: new PostgresTable(shapes.keptSessions),
  subscriptions: new PostgresTable(shapes.keptSubscriptions),
  queue: new PostgresTable(shapes.queuedMessages),
  once: new PostgresTable(shapes.receivedOnce),
  retained: new PostgresTable(shapes.retainedMessages),
});

async function forget(runner: QueryRunner, rows: BrokerNet['forgotten']): Promise<void> {
  if (rows.length === 0) return;
  await runner.query(
    `DELETE FROM queued_messages AS t USING unnest($1::text[], $2::text[]) AS v(client_id, topic)
     WHERE t.client_id = v.client_id AND t.topic = v.topic`,
    [rows.map(({ clientId }) => clientId), rows.map(({ topic }) => topic)],
  );
}

async function unsubscribe(
  runner: QueryRunner,
  rows: readonly { readonly clientId: string; readonly filter: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await runner.query(
    `DELETE FROM kept_subscriptions AS t USING unnest($1::text[], $2::text[]) AS v(client_id, filter)
     WHERE t.client_id = v.client_id AND t.filter = v.filter`,
    [rows.map(({ clientId }) => clientId), rows.map(({ filter }) => filter)],
  );
}

async function atPackets(runner: QueryRunner, change: string, keys: readonly PacketKey[]): Promise<void> {
  if (keys.length === 0) return;
  await runner.query(
    `${change} unnest($1::text[], $2::integer[]) AS v(client_id, packet_id)
     WHERE t.client_id = v.client_id AND t.packet_id = v.packet_id`,
    [keys.map(({ clientId }) => clientId), keys.map(({ packetId }) => packetId)],
  );
}
