// Reads back what the broker kept, once, at its start.
import type { EntityManager } from 'typeorm';
import type { BrokerMemory } from '#domain/intake';
import { type Dialect, entitiesOf } from './entities/index.js';

export async function brokerMemoryOf(manager: EntityManager, dialect: Dialect): Promise<BrokerMemory> {
  const tables = entitiesOf(dialect);
  const [sessions, subscriptions, queued, once, retained] = [
    await manager.find(tables.keptSessions),
    groups(await manager.find(tables.keptSubscriptions)),
    groups(await manager.find(tables.queuedMessages, { order: { place: 'ASC' } })),
    groups(await manager.find(tables.receivedOnce)),
    await manager.find(tables.retainedMessages),
  ];
  return {
    retained,
    sessions: sessions.map(session => ({
      ...session,
      subscriptions: (subscriptions.get(session.clientId) ?? []).map(({ filter, qos }) => ({ filter, qos })),
      queued: queued.get(session.clientId) ?? [],
      receivedOnce: (once.get(session.clientId) ?? []).map(({ packetId }) => packetId),
    })),
  };
}

function groups<Row extends { readonly clientId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const byClient = new Map<string, Row[]>();
  for (const row of rows) {
    const group = byClient.get(row.clientId);
    if (group) group.push(row);
    else byClient.set(row.clientId, [row]);
  }
  return byClient;
}
