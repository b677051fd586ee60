// What one client is owed: copies that it has not acknowledged, by packet identifier, bounded in number and bytes.
import type { QueuedMessage } from '#domain/intake';
import type { BrokerLimits } from './broker-settings.js';
import type { Copy } from './copy.js';
import type { Depot } from './depot.js';

/** A copy that waits for its acknowledgement. `reserved`: the message that it is of is not stored yet. */
export interface Queued extends Copy {
  payload: Uint8Array;
  readonly qos: 1 | 2;
  readonly packetId: number;
  readonly place: number;
  /** False for what is told afresh at every subscription: an old copy of it would be a lie. */
  readonly outlives: boolean;
  state: 'reserved' | QueuedMessage['state'];
  /** It may have been sent before this connection. */
  isRepeated: boolean;
}

const lastPacketId = 65_535;

export class Owed {
  /** In the order of their places; null when there are none, as for nearly everybody. */
  private copies: Map<number, Queued> | null = null;
  private bytes = 0;
  private packetId = 0;

  constructor(
    private readonly limits: Pick<BrokerLimits, 'queuedPerClient' | 'queuedBytes'>,
    private readonly depot: Depot,
  ) {}

  get size(): number {
    return this.copies?.size ?? 0;
  }

  get isFull(): boolean {
    return this.size >= this.limits.queuedPerClient || this.bytes >= this.limits.queuedBytes;
  }

  /** Under the next free identifier. */
  add(copy: Copy & { readonly qos: 1 | 2 }, place: number, outlives: boolean): Queued {
    do this.packetId = this.packetId === lastPacketId ? 1 : this.packetId + 1;
    while (this.copies?.has(this.packetId));
    const { packetId } = this;
    return this.put({ ...copy, packetId, place, outlives, state: 'reserved', isRepeated: false });
  }

  /** Puts back what was stored before a restart. */
  restore({ clientId: _, ...message }: QueuedMessage, sentThrough: number): void {
    const mayBeSent = message.state === 'waiting' && message.place <= sentThrough;
    const state = mayBeSent ? 'sent' : message.state;
    this.put({ ...message, state, outlives: true, isRepeated: false });
  }

  has(queued: Queued): boolean {
    return this.copies?.get(queued.packetId) === queued;
  }

  /** One that its client can know of. */
  find(packetId: number): Queued | null {
    const queued = this.copies?.get(packetId);
    return queued && queued.state !== 'reserved' ? queued : null;
  }

  /** Its client has it, and only the PUBREL is still to be sent. */
  empty(queued: Queued): void {
    this.bytes -= queued.payload.length;
    this.depot.lighten(queued.payload.length);
    queued.payload = new Uint8Array();
    queued.state = 'released';
  }

  remove(queued: Queued): void {
    if (!this.has(queued)) return;
    this.copies?.delete(queued.packetId);
    if (this.size === 0) this.copies = null;
    this.bytes -= queued.payload.length;
    this.depot.remove(queued.payload.length);
  }

  clear(): void {
    for (const queued of this.all()) this.depot.remove(queued.payload.length);
    this.copies = null;
    this.bytes = 0;
  }

  all(): Queued[] {
    return [...(this.copies?.values() ?? [])];
  }

  private put(queued: Queued): Queued {
    this.copies ??= new Map();
    this.copies.set(queued.packetId, queued);
    this.bytes += queued.payload.length;
    this.depot.add(queued.payload.length);
    return queued;
  }
}
