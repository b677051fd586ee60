// The way down to one client: what it listens to, what it has not acknowledged, and the outlet while it is there.
import type { BrokerChange, QoS, QueuedMessage } from '#domain/intake';
import type { Awaited } from './answers.js';
import type { BrokerCounters } from './broker-counters.js';
import type { BrokerLimits } from './broker-settings.js';
import type { Copy } from './copy.js';
import { ExactlyOnce } from './exactly-once.js';
import { publishFrame, pubrelFrame } from './frames.js';
import type { Outlet } from './outlet.js';
import { Replays } from './replays.js';
import type { RetainedMessages } from './retained.js';

export interface Subscription {
  readonly qos: QoS;
  /** Nothing was sent on it yet: a retained message that comes now says so (MQTT-3.3.1-8, MQTT-3.3.1-9). */
  fresh: boolean;
}

/** A copy that waits for its acknowledgement. `reserved`: the message that it is of is not stored yet. */
export interface Queued extends Copy {
  payload: Uint8Array;
  readonly qos: 1 | 2;
  readonly packetId: number;
  readonly place: number;
  /** False for what is told afresh at every subscription: an old copy of it would be a lie. */
  readonly outlives: boolean;
  state: 'reserved' | QueuedMessage['state'];
  isRepeated: boolean;
}

/** What all mailboxes of a broker stand on. */
export interface Post {
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly retained: RetainedMessages;
  nextPlace(): number;
  keep(changes: readonly BrokerChange[]): Promise<void>;
  /** As `keep`, for what nobody waits for. */
  note(changes: readonly BrokerChange[]): void;
}

const lastPacketId = 65_535;

export class Mailbox {
  readonly subscriptions = new Map<string, Subscription>();
  exactlyOnce = new ExactlyOnce();
  seenAt = 0;
  /** The session is over: nothing more is put in, and nothing of it is stored. */
  isOver = false;
  /** Its client has connected, or is about to. */
  isExpected = false;

  /** By packet identifier, in the order of their places. */
  private readonly queue = new Map<number, Queued>();
  /** Of those, what this connection has not been sent. */
  private readonly unsent = new Set<Queued>();
  private readonly replays: Replays;
  private queuedBytes = 0;
  private outlet: Outlet | null = null;
  private packetId = 0;

  constructor(
    readonly clientId: string,
    /** It outlasts the connection, and what it holds is stored. */
    readonly isKept: boolean,
    private readonly post: Post,
  ) {
    this.replays = new Replays(post.retained, () => this.flow());
  }

  get isEmpty(): boolean {
    return this.queue.size === 0;
  }

  /** It has as much as is kept for one client. */
  get isFull(): boolean {
    const { queuedPerClient, queuedBytes } = this.post.limits;
    return this.queue.size >= queuedPerClient || this.queuedBytes >= queuedBytes;
  }

  /** A QoS 2 message under this identifier would be one too many without a PUBREL. */
  hasTooManyInFlight(packetId: number): boolean {
    const { exactlyOnce } = this;
    return !exactlyOnce.isUnderWay(packetId) && exactlyOnce.size >= this.post.limits.exactlyOnceInFlight;
  }

  /** Its client is there. */
  get isAttached(): boolean {
    return this.outlet !== null;
  }

  /** Its client reads what it is given, as far as it is there. */
  get hasRoom(): boolean {
    return !this.outlet?.isFull;
  }

  // ── what comes in ──

  /** QoS 0, as a packet: written now or never. */
  offer(frame: Uint8Array): void {
    if (!this.outlet || this.outlet.write(frame)) return;
    this.post.counters.refuse('output-full', this.clientId);
  }

  /** Gives a copy its place before its message is stored; null when the mailbox is full: the newest is what goes. */
  reserve(copy: Copy & { qos: 1 | 2 }, outlives = true): Queued | null {
    if (this.isOver) return null;
    if (this.isFull) {
      this.post.counters.refuse('queue-full', this.clientId);
      return null;
    }
    const packetId = this.freePacketId();
    const place = this.post.nextPlace();
    const queued: Queued = { ...copy, packetId, place, outlives, state: 'reserved', isRepeated: false };
    this.queue.set(packetId, queued);
    this.queuedBytes += copy.payload.length;
    return queued;
  }

  /** The row of a copy that was just reserved. */
  changeOf({ packetId, place, topic, payload, qos, retain }: Queued): BrokerChange {
    const { clientId } = this;
    const state = this.isExpected ? 'sent' : 'waiting';
    return { kind: 'queue', clientId, packetId, place, topic, payload, qos, retain, state };
  }

  /** Its message is stored: it goes out, now or when the client is back. */
  release(queued: Queued): void {
    if (this.queue.get(queued.packetId) !== queued) return;
    queued.state = 'waiting';
    if (!this.outlet) return;
    this.unsent.add(queued);
    this.flow();
  }

  /** Its message was not stored. */
  withdraw(queued: Queued): void {
    this.remove(queued);
  }

  /** Its message was stored, and is not for this client any more. */
  cancel(queued: Queued): void {
    this.remove(queued);
    this.note([{ kind: 'dequeue', clientId: this.clientId, packetId: queued.packetId }]);
  }

  /** A message that nobody waits to see stored. @returns false when there is no room. */
  send({ qos, ...copy }: Copy, outlives = true): boolean {
    if (qos === 0) {
      this.offer(publishFrame({ ...copy, qos }));
      return true;
    }
    const queued = this.reserve({ ...copy, qos }, outlives);
    if (!queued) return false;
    if (outlives) this.note([this.changeOf(queued)]);
    this.release(queued);
    return true;
  }

  /** What is retained under a filter goes out as fast as it is read. */
  replay(filter: string, qos: QoS): void {
    this.replays.add(filter, qos);
    this.flow();
  }

  // ── what the client answers ──

  awaits(packetId: number): Awaited {
    const { qos, state } = this.queue.get(packetId) ?? {};
    if (state === 'released') return 'pubcomp';
    if (state !== 'sent') return null;
    return qos === 1 ? 'puback' : 'pubrec';
  }

  acknowledge(packetId: number, by: 'puback' | 'pubcomp'): void {
    const queued = this.queue.get(packetId);
    if (!queued || queued.state === 'reserved' || (by === 'puback') !== (queued.qos === 1)) return;
    this.remove(queued);
    if (queued.outlives) this.note([{ kind: 'dequeue', clientId: this.clientId, packetId }]);
    this.flow();
  }

  /**
   * A PUBREC has come: from here on the message is never sent again. Null when it is of none. The gate says so, for
   * Aedes says nothing of a clean session's.
   */
  noteReceived(packetId: number): Queued | null {
    const queued = this.queue.get(packetId);
    if (queued?.qos !== 2 || queued.state === 'reserved') return null;
    queued.state = 'released';
    this.queuedBytes -= queued.payload.length;
    queued.payload = new Uint8Array();
    return queued;
  }

  /** The same for a restart: it is stored before the PUBREL. Aedes asks for this in sessions that are kept. */
  async received(packetId: number): Promise<void> {
    const queued = this.noteReceived(packetId);
    const { clientId } = this;
    if (this.isKept && queued?.outlives) await this.post.keep([{ kind: 'release', clientId, packetId }]);
  }

  // ── connections ──

  /** The client is there: first what it may have got already, in the old order (MQTT-4.6.0-1), then the rest. */
  attach(outlet: Outlet): void {
    this.outlet?.close();
    this.outlet = outlet;
    this.isExpected = true;
    for (const queued of this.queue.values()) {
      if (queued.state === 'reserved') continue;
      queued.isRepeated ||= queued.state === 'sent';
      this.unsent.add(queued);
    }
    this.flow();
  }

  /** Leaves alone what a later connection of the client has. */
  detach(outlet: Outlet | null): void {
    if (this.outlet !== outlet) return;
    outlet?.close();
    this.outlet = null;
    this.isExpected = false;
    this.unsent.clear();
    this.replays.clear();
    for (const queued of [...this.queue.values()]) if (!queued.outlives) this.remove(queued);
  }

  /** Drops what it holds on topics that match. */
  discard(matches: (topic: string) => boolean): void {
    const dropped = [...this.queue.values()].filter(
      ({ state, topic }) => state !== 'released' && matches(topic),
    );
    for (const queued of dropped) this.remove(queued);
    const { clientId } = this;
    this.note(dropped.map(({ packetId }) => ({ kind: 'dequeue', clientId, packetId })));
  }

  /** Puts back what was stored before a restart. */
  restore(messages: readonly QueuedMessage[], sentThrough: number): void {
    for (const { clientId: _, ...message } of messages) {
      const maySent = message.state === 'waiting' && message.place <= sentThrough;
      const state = maySent ? 'sent' : message.state;
      this.queue.set(message.packetId, { ...message, state, outlives: true, isRepeated: false });
      this.queuedBytes += message.payload.length;
    }
  }

  /** Writes what waits, as far as the outlet takes it. */
  flow(): void {
    const { outlet } = this;
    if (!outlet) return;
    for (const queued of this.unsent) {
      if (!outlet.write(frameOf(queued))) return;
      this.unsent.delete(queued);
      if (queued.state === 'waiting') queued.state = 'sent';
    }
    const hasRoom = () => outlet.isFlowing && this.queue.size < this.post.limits.queuedPerClient / 2;
    this.replays.go(hasRoom, copy => this.send(copy));
  }

  private freePacketId(): number {
    do this.packetId = this.packetId === lastPacketId ? 1 : this.packetId + 1;
    while (this.queue.has(this.packetId));
    return this.packetId;
  }

  private remove(queued: Queued): void {
    if (this.queue.get(queued.packetId) !== queued) return;
    this.queue.delete(queued.packetId);
    this.unsent.delete(queued);
    this.queuedBytes -= queued.payload.length;
  }

  /** What is lost of this in a store that is down comes again after a restart, which the client must expect anyway. */
  private note(changes: readonly BrokerChange[]): void {
    if (this.isKept && !this.isOver && changes.length > 0) this.post.note(changes);
  }
}

function frameOf({ state, packetId, isRepeated, ...copy }: Queued): Uint8Array {
  return state === 'released' ? pubrelFrame(packetId) : publishFrame({ ...copy, packetId, dup: isRepeated });
}
