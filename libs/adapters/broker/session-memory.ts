// What Aedes remembers of its clients between two connections, bounded: subscriptions, unacknowledged messages, QoS 2.
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { parseTopic } from '#codecs/wire';
import { BrokerSettings } from './broker-settings.js';
import { Sessions } from './sessions.js';

/** The part of Aedes' client that its persistence looks at. */
interface Owner {
  readonly id: string;
}

interface Subscription {
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
}

interface Queued {
  readonly topic: string;
  readonly brokerId?: string;
  readonly brokerCounter?: number;
  messageId?: number;
}

/**
 * The persistence that Aedes asks for (aedes-persistence's asynchronous interface), as far as it is used here: nothing
 * from outside is retained or enqueued by Aedes, for it never enters its emitter, and wills are none of its business
 * (docs/adr/0002). It lives as long as the process.
 */
@Injectable()
export class SessionMemory {
  private readonly subscriptions = new Map<string, Map<string, Subscription>>();
  private readonly outgoing = new Map<string, Queued[]>();
  private readonly exactlyOnce = new Map<string, Set<number>>();
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(
    private readonly sessions: Sessions,
    private readonly settings: BrokerSettings,
  ) {}

  async setup(): Promise<void> {}

  async destroy(): Promise<void> {}

  /** True when a client has as many unacknowledged messages as are kept for one. */
  isFull(clientId: string): boolean {
    return (this.outgoing.get(clientId)?.length ?? 0) >= this.settings.limits.queuedPerClient;
  }

  // ── subscriptions of clients that keep their session ──

  async addSubscriptions({ id }: Owner, added: readonly Subscription[]): Promise<void> {
    const kept = this.subscriptions.get(id) ?? new Map<string, Subscription>();
    this.subscriptions.set(id, kept);
    const granted = this.sessions.ofClient(id)?.granted;
    for (const { topic, qos } of added) {
      // Aedes hands over the whole SUBSCRIBE, refused filters included.
      if (granted?.has(topic)) kept.set(topic, { topic, qos });
    }
  }

  async removeSubscriptions({ id }: Owner, filters: readonly string[]): Promise<void> {
    for (const filter of filters) this.subscriptions.get(id)?.delete(filter);
  }

  async subscriptionsByClient({ id }: Owner): Promise<Subscription[]> {
    return [...(this.subscriptions.get(id)?.values() ?? [])];
  }

  async cleanSubscriptions({ id }: Owner): Promise<void> {
    this.subscriptions.delete(id);
  }

  // ── messages to a client that it has not acknowledged ──

  async outgoingEnqueue({ clientId }: { clientId: string }, packet: Queued): Promise<void> {
    if (!outlivesConnection(packet.topic) || this.isFull(clientId)) return;
    const queue = this.outgoing.get(clientId) ?? [];
    this.outgoing.set(clientId, queue);
    queue.push({ ...packet });
  }

  /** Aedes has given the message its packet identifier. */
  async outgoingUpdate({ id }: Owner, packet: Queued): Promise<void> {
    const queued = this.outgoing
      .get(id)
      ?.find(one => one.brokerId === packet.brokerId && one.brokerCounter === packet.brokerCounter);
    if (queued) queued.messageId = packet.messageId;
  }

  async outgoingClearMessageId({ id }: Owner, { messageId }: Queued): Promise<Queued | undefined> {
    const queue = this.outgoing.get(id);
    const place = queue?.findIndex(queued => queued.messageId === messageId) ?? -1;
    const [acknowledged] = place < 0 ? [] : (queue?.splice(place, 1) ?? []);
    if (queue?.length === 0) this.outgoing.delete(id);
    return acknowledged;
  }

  /** What goes out again says so (MQTT-3.3.1-1). */
  outgoingStream({ id }: Owner): Readable {
    return Readable.from((this.outgoing.get(id) ?? []).map(queued => ({ ...queued, dup: true })));
  }

  // ── QoS 2 from clients, between PUBLISH and PUBREL (MQTT-4.3.3-2) ──

  /**
   * Runs `receive` once for a client's packet identifier until the PUBREL. Aedes asks for leave before it looks for
   * duplicates, so it would take in every repetition. `keep` says whether the outcome stands.
   */
  once<T>(
    clientId: string,
    messageId: number,
    receive: () => Promise<T>,
    keep: (outcome: T) => boolean,
  ): Promise<T> {
    const key = exactlyOnceKey(clientId, messageId);
    const known = this.underWay.get(key) as Promise<T> | undefined;
    if (known) return known;
    const outcome = receive();
    this.underWay.set(key, outcome);
    const forget = () => this.underWay.delete(key);
    outcome.then(value => keep(value) || forget(), forget);
    return outcome;
  }

  isUnderWay(clientId: string, messageId: number): boolean {
    return this.underWay.has(exactlyOnceKey(clientId, messageId));
  }

  async incomingStorePacket({ id }: Owner, { messageId }: { messageId: number }): Promise<void> {
    const stored = this.exactlyOnce.get(id) ?? new Set<number>();
    if (stored.size >= this.settings.limits.exactlyOnceInFlight)
      throw new Error('too many messages without a PUBREL');
    this.exactlyOnce.set(id, stored.add(messageId));
  }

  async incomingGetPacket(
    { id }: Owner,
    { messageId }: { messageId: number },
  ): Promise<{ messageId: number }> {
    if (!this.exactlyOnce.get(id)?.has(messageId)) throw new Error('no such packet');
    return { messageId };
  }

  async incomingDelPacket({ id }: Owner, { messageId }: { messageId: number }): Promise<void> {
    this.underWay.delete(exactlyOnceKey(id, messageId));
    if (!this.exactlyOnce.get(id)?.delete(messageId)) throw new Error('no such packet');
  }

  async cleanIncoming({ id }: Owner): Promise<void> {
    for (const messageId of this.exactlyOnce.get(id) ?? [])
      this.underWay.delete(exactlyOnceKey(id, messageId));
    this.exactlyOnce.delete(id);
  }

  // ── what Aedes never gets to see ──

  createRetainedStreamCombi(): Readable {
    return Readable.from([]);
  }

  async delWill(): Promise<undefined> {
    return undefined;
  }

  streamWill(): Readable {
    return Readable.from([]);
  }
}

function exactlyOnceKey(clientId: string, messageId: number): string {
  return `${messageId} ${clientId}`;
}

/** What a device is told afresh whenever it subscribes is not sent again: an old copy of it would be a lie. */
function outlivesConnection(topic: string): boolean {
  const kind = parseTopic(topic)?.kind;
  return kind !== 'config' && kind !== 'binding';
}
