// What the broker remembers: retained messages, and of clients that keep their session what they listen to and are owed.
import type { KeptSession, QoS, QueuedMessage, RetainedMessage } from '#domain/intake';
import { bytes, count, type Dialect, flag, tableOf, text, timeMs, whole } from './columns.js';

export type SessionRow = Pick<KeptSession, 'clientId' | 'seenAt' | 'sentThrough'>;

export interface SubscriptionRow {
  readonly clientId: string;
  readonly filter: string;
  readonly qos: QoS;
}

/** A packet identifier between PUBLISH and PUBREL. */
export interface ReceivedOnceRow {
  readonly clientId: string;
  readonly packetId: number;
}

export const retainedMessageEntity = (dialect: Dialect) =>
  tableOf<RetainedMessage>({
    name: 'retained-message',
    tableName: 'retained_messages',
    columns: { topic: { ...text, primary: true }, payload: bytes(dialect), qos: { ...count, default: 1 } },
  });

export const KeptSessionEntity = tableOf<SessionRow>({
  name: 'kept-session',
  tableName: 'kept_sessions',
  columns: { clientId: { ...text, primary: true }, seenAt: timeMs, sentThrough: whole },
});

export const KeptSubscriptionEntity = tableOf<SubscriptionRow>({
  name: 'kept-subscription',
  tableName: 'kept_subscriptions',
  columns: { clientId: { ...text, primary: true }, filter: { ...text, primary: true }, qos: count },
});

export const queuedMessageEntity = (dialect: Dialect) =>
  tableOf<QueuedMessage>({
    name: 'queued-message',
    tableName: 'queued_messages',
    columns: {
      clientId: { ...text, primary: true },
      packetId: { ...count, primary: true },
      place: whole,
      topic: text,
      payload: bytes(dialect),
      qos: count,
      retain: flag,
      state: text,
    },
  });

export const ReceivedOnceEntity = tableOf<ReceivedOnceRow>({
  name: 'received-once',
  tableName: 'received_once',
  columns: { clientId: { ...text, primary: true }, packetId: { ...count, primary: true } },
});
