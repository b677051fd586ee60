// What a batch's changes of the broker's memory come to in the end: the same for every database, one write a row.
import type { BrokerChange, QueuedMessage, RetainedMessage } from '#domain/intake';
import type { ReceivedOnceRow, SessionRow, SubscriptionRow } from './entities/index.js';

/** A row as it stands after the batch; null when there is none. */
type Last<Row> = Row | null;

interface ClientNet {
  /** All that was stored of the client goes first. */
  isEnded: boolean;
  /** Topics of which no copy that was stored before stays. */
  readonly forgotten: Set<string>;
  session: SessionRow | null;
  readonly subscriptions: Map<string, Last<SubscriptionRow>>;
  readonly queue: Map<number, Last<QueuedMessage> | 'released'>;
  readonly once: Map<number, Last<ReceivedOnceRow>>;
}

/** To be written in this order. */
export interface BrokerNet {
  readonly ended: readonly string[];
  readonly forgotten: readonly { readonly clientId: string; readonly topic: string }[];
  readonly sessions: readonly SessionRow[];
  readonly subscriptions: readonly SubscriptionRow[];
  readonly unsubscribed: readonly Omit<SubscriptionRow, 'qos'>[];
  readonly queued: readonly QueuedMessage[];
  readonly dequeued: readonly ReceivedOnceRow[];
  /** Of these the payload goes and the row stays. */
  readonly released: readonly ReceivedOnceRow[];
  readonly receivedOnce: readonly ReceivedOnceRow[];
  readonly forgottenOnce: readonly ReceivedOnceRow[];
  readonly retained: readonly RetainedMessage[];
  readonly unretained: readonly string[];
}

export function netOf(changes: readonly BrokerChange[]): BrokerNet {
  const clients = new Map<string, ClientNet>();
  const retained = new Map<string, Last<RetainedMessage>>();
  const of = (clientId: string): ClientNet => {
    const net = clients.get(clientId) ?? emptyNet(false);
    clients.set(clientId, net);
    return net;
  };
  for (const change of changes) {
    switch (change.kind) {
      case 'retain':
        retained.set(change.topic, change);
        break;
      case 'unretain':
        retained.set(change.topic, null);
        break;
      case 'forget':
        for (const topic of change.topics) retained.set(topic, null);
        for (const clientId of change.clientIds) forget(of(clientId), change.topics);
        break;
      case 'end-session':
        clients.set(change.clientId, emptyNet(true));
        break;
      case 'keep-session':
        of(change.clientId).session = change;
        break;
      case 'subscribe':
        of(change.clientId).subscriptions.set(change.filter, change);
        break;
      case 'unsubscribe':
        of(change.clientId).subscriptions.set(change.filter, null);
        break;
      case 'queue':
        of(change.clientId).queue.set(change.packetId, change);
        break;
      case 'dequeue':
        of(change.clientId).queue.set(change.packetId, null);
        break;
      case 'release':
        release(of(change.clientId).queue, change.packetId);
        break;
      case 'receive-once':
        of(change.clientId).once.set(change.packetId, change);
        break;
      case 'forget-once':
        of(change.clientId).once.set(change.packetId, null);
        break;
      default:
        change satisfies never;
    }
  }
  return flatten(clients, retained);
}

function emptyNet(isEnded: boolean): ClientNet {
  return {
    isEnded,
    forgotten: new Set(),
    session: null,
    subscriptions: new Map(),
    queue: new Map(),
    once: new Map(),
  };
}

function forget({ forgotten, queue }: ClientNet, topics: readonly string[]): void {
  for (const topic of topics) forgotten.add(topic);
  for (const [packetId, row] of queue)
    if (row !== null && row !== 'released' && topics.includes(row.topic)) queue.set(packetId, null);
}

function release(queue: ClientNet['queue'], packetId: number): void {
  const row = queue.get(packetId);
  // What the batch has taken away stays away.
  if (row === null) return;
  const isHere = row !== undefined && row !== 'released';
  queue.set(packetId, isHere ? { ...row, payload: new Uint8Array(), state: 'released' } : 'released');
}

function flatten(
  clients: ReadonlyMap<string, ClientNet>,
  retained: ReadonlyMap<string, Last<RetainedMessage>>,
): BrokerNet {
  const all = [...clients];
  const queue = all.flatMap(([clientId, net]) => keyed(net.queue, packetId => ({ clientId, packetId })));
  const once = all.flatMap(([clientId, net]) => keyed(net.once, packetId => ({ clientId, packetId })));
  const filters = all.flatMap(([clientId, net]) =>
    keyed(net.subscriptions, filter => ({ clientId, filter })),
  );
  return {
    ended: all.flatMap(([clientId, { isEnded }]) => (isEnded ? clientId : [])),
    forgotten: all.flatMap(([clientId, net]) => [...net.forgotten].map(topic => ({ clientId, topic }))),
    sessions: all.flatMap(([, { session }]) => session ?? []),
    subscriptions: filters.flatMap(({ row }) => row ?? []),
    unsubscribed: filters.flatMap(({ key, row }) => (row === null ? key : [])),
    queued: queue.flatMap(({ row }) => (row === null || row === 'released' ? [] : row)),
    dequeued: queue.flatMap(({ key, row }) => (row === null ? key : [])),
    released: queue.flatMap(({ key, row }) => (row === 'released' ? key : [])),
    receivedOnce: once.flatMap(({ row }) => row ?? []),
    forgottenOnce: once.flatMap(({ key, row }) => (row === null ? key : [])),
    retained: [...retained.values()].flatMap(row => row ?? []),
    unretained: [...retained].flatMap(([topic, row]) => (row === null ? topic : [])),
  };
}

function keyed<K, Row, Key>(rows: ReadonlyMap<K, Row>, keyOf: (key: K) => Key): { key: Key; row: Row }[] {
  return [...rows].map(([key, row]) => ({ key: keyOf(key), row }));
}
