// The way down to one client: what it listens to, what it has not acknowledged, and its connection while it is there.
import type { BrokerChange, KeptSession, QoS } from '#domain/intake';
import type { Awaited } from './answers.js';
import type { Copy } from './copy.js';
import { Delivery, type Sender } from './delivery.js';
import { fewMessages } from './depot.js';
import { ExactlyOnce } from './exactly-once.js';
import { publishFrame } from './frames.js';
import type { Outlet } from './outlet.js';
import { Owed, type Queued } from './owed.js';
import type { Post, Subscription } from './post.js';

export class Mailbox implements Sender {
  readonly subscriptions = new Map<string, Subscription>();
  seenAt = 0;
  /** The session is over: nothing more is put in, and nothing of it is stored. */
  isOver = false;
  /** Its client has connected, or is about to. */
  isExpected = false;

  private once: ExactlyOnce | null = null;
  private readonly owed: Owed;
  /** While its client is there. */
  private delivery: Delivery | null = null;

  constructor(
    readonly clientId: string,
    /** It outlasts the connection, and what it holds is stored. */
    readonly isKept: boolean,
    private readonly post: Post,
  ) {
    this.owed = new Owed(post.limits, post.depot);
  }

  /** Made when it is first needed: hardly any device speaks with QoS 2. */
  get exactlyOnce(): ExactlyOnce {
    this.once ??= new ExactlyOnce();
    return this.once;
  }

  get isEmpty(): boolean {
    return this.owed.size === 0;
  }

  /** Why nothing more is kept for this client: it has as much as one may, or all together have; null while there is room. */
  get fullness(): 'queue-full' | 'queues-full' | null {
    if (this.owed.isFull) return 'queue-full';
    return this.post.depot.isFull && this.owed.size >= fewMessages ? 'queues-full' : null;
  }

  /** A QoS 2 message under this identifier would be one too many without a PUBREL. */
  hasTooManyInFlight(packetId: number): boolean {
    const { exactlyOnce } = this;
    return !exactlyOnce.isUnderWay(packetId) && exactlyOnce.size >= this.post.limits.exactlyOnceInFlight;
  }

  /** Its client is there. */
  get isAttached(): boolean {
    return this.delivery !== null;
  }

  /** Its client reads what it is given, as far as it is there. */
  get hasRoom(): boolean {
    return !this.delivery?.outlet.isFull;
  }

  /** So what is retained takes no more than half of the places. */
  get mayReplay(): boolean {
    return !this.fullness && this.owed.size < this.post.limits.queuedPerClient / 2;
  }

  // ── what comes in ──

  /** QoS 0, as a packet: written now or never. */
  offer(frame: Uint8Array): void {
    if (!this.delivery || this.delivery.outlet.write(frame)) return;
    this.post.counters.refuse('output-full', this.clientId);
  }

  /** Gives a copy its place before its message is stored; null when the mailbox is full: the newest is what goes. */
  reserve(copy: Copy & { qos: 1 | 2 }, outlives = true): Queued | null {
    if (this.isOver) return null;
    const { fullness } = this;
    if (fullness) {
      this.post.counters.refuse(fullness, this.clientId);
      return null;
    }
    return this.owed.add(copy, this.post.nextPlace(), outlives);
  }

  /** The row of a copy that was just reserved. */
  changeOf({ packetId, place, topic, payload, qos, retain }: Queued): BrokerChange {
    const { clientId } = this;
    const state = this.isExpected ? 'sent' : 'waiting';
    return { kind: 'queue', clientId, packetId, place, topic, payload, qos, retain, state };
  }

  /** Its message is stored: it goes out, now or when the client is back. */
  admit(queued: Queued): void {
    if (!this.owed.has(queued)) return;
    queued.state = 'waiting';
    this.delivery?.add(queued);
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
    this.admit(queued);
    return true;
  }

  /** What is retained under a filter is no longer wanted. */
  stopReplay(filter: string): void {
    this.delivery?.stopReplay(filter);
  }

  /** What is retained under a filter goes out as fast as it is read. */
  replay(filter: string, qos: QoS): void {
    this.delivery?.replay(filter, qos);
    this.flow();
  }

  // ── what the client answers ──

  awaits(packetId: number): Awaited {
    const { qos, state } = this.owed.find(packetId) ?? {};
    if (state === 'released') return 'pubcomp';
    if (state !== 'sent') return null;
    return qos === 1 ? 'puback' : 'pubrec';
  }

  acknowledge(packetId: number, by: 'puback' | 'pubcomp'): void {
    const queued = this.owed.find(packetId);
    // Out of its turn it takes nothing away: what was not sent, or a PUBCOMP before the PUBREC.
    if (!queued || this.awaits(packetId) !== by) return;
    this.remove(queued);
    if (queued.outlives) this.note([{ kind: 'dequeue', clientId: this.clientId, packetId }]);
    this.flow();
  }

  /**
   * A PUBREC has come: from here on the message is never sent again. Null when it is of none. The gate says so, for
   * Aedes says nothing of a clean session's.
   */
  noteReceived(packetId: number): Queued | null {
    const queued = this.owed.find(packetId);
    if (queued?.qos !== 2) return null;
    this.owed.empty(queued);
    return queued;
  }

  /** The same for a restart: it is stored before the PUBREL. Aedes asks for this in sessions that are kept. */
  async received(packetId: number): Promise<void> {
    const queued = this.noteReceived(packetId);
    const { clientId } = this;
    if (queued?.outlives) await this.keep([{ kind: 'release', clientId, packetId }]);
  }

  /** Resolves when it is stored; at once in a clean session, which leaves no trace. */
  async keep(changes: readonly BrokerChange[]): Promise<void> {
    if (this.isKept && !this.isOver) await this.post.keep(changes);
  }

  // ── connections ──

  /** The client is there: first what it may have got already, in the old order (MQTT-4.6.0-1), then the rest. */
  attach(outlet: Outlet): void {
    this.delivery?.outlet.close();
    const delivery = new Delivery(outlet, this.post.retained, this);
    this.delivery = delivery;
    this.isExpected = true;
    for (const queued of this.owed.all()) {
      if (queued.state === 'reserved') continue;
      queued.isRepeated ||= queued.state === 'sent';
      delivery.add(queued);
    }
    this.flow();
  }

  /** Leaves alone what a later connection of the client has. */
  detach(outlet: Outlet | null): void {
    if ((this.delivery?.outlet ?? null) !== outlet) return;
    outlet?.close();
    this.delivery?.clear();
    this.delivery = null;
    this.isExpected = false;
    for (const queued of this.owed.all()) if (!queued.outlives) this.remove(queued);
  }

  /** The session is over, and what it holds with it. */
  end(): void {
    this.isOver = true;
    this.owed.clear();
    this.delivery?.clear();
  }

  /** Drops what it holds on topics that match. */
  discard(matches: (topic: string) => boolean): void {
    const dropped = this.owed.all().filter(({ state, topic }) => state !== 'released' && matches(topic));
    for (const queued of dropped) this.remove(queued);
    const { clientId } = this;
    this.note(dropped.map(({ packetId }) => ({ kind: 'dequeue', clientId, packetId })));
  }

  /** Puts back what was stored before a restart. */
  restore({ queued, sentThrough, receivedOnce }: KeptSession): void {
    this.once = receivedOnce.length > 0 ? new ExactlyOnce(receivedOnce) : null;
    for (const message of queued) this.owed.restore(message, sentThrough);
  }

  /** Writes what waits, as far as the outlet takes it. */
  flow(): void {
    this.delivery?.go();
  }

  private remove(queued: Queued): void {
    this.owed.remove(queued);
    this.delivery?.remove(queued);
  }

  /** What is lost of this in a store that is down comes again after a restart, which the client must expect anyway. */
  private note(changes: readonly BrokerChange[]): void {
    if (this.isKept && !this.isOver && changes.length > 0) this.post.note(changes);
  }
}
