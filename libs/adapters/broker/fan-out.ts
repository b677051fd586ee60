// From what one client said to all who listen: decided before it is stored, sent once it is.
import type { BrokerChange, RetainedMessage } from '#domain/intake';
import type { Packet } from './broker-policy.js';
import { type Copy, least } from './copy.js';
import type { Audience } from './filter-tree.js';
import { publishFrame } from './frames.js';
import type { Mailbox } from './mailbox.js';
import type { Mailboxes } from './mailboxes.js';
import type { Queued } from './owed.js';

/** Null: the mailbox was full when the message came. */
type Places = ReadonlyMap<Mailbox, Queued | null>;

export interface Publication {
  readonly packet: Packet;
  /** What is stored with the message, so that its acknowledgement is true of these too. */
  readonly changes: readonly BrokerChange[];
  readonly audience: Audience<Mailbox> | null;
  /** Of the subscriptions, when the audience was found. */
  readonly version: number;
  /** Copies for clients that keep their session. */
  readonly places: Places;
  readonly isRetained: boolean;
}

const noChanges: readonly BrokerChange[] = [];
const noPlaces: Places = new Map();

/** Nothing of it waits: a copy is written, queued or dropped, and so no reader holds up anybody. */
export class FanOut {
  constructor(private readonly mailboxes: Mailboxes) {}

  plan(packet: Packet): Publication {
    const { subscribers } = this.mailboxes;
    const audience = subscribers.match(packet.topic);
    const { version } = subscribers;
    const isRetained = packet.retain && this.mayRetain(packet);
    if (!isRetained && (packet.qos === 0 || !audience))
      return { packet, changes: noChanges, audience, version, places: noPlaces, isRetained };
    const own = { ...packet, payload: Buffer.from(packet.payload) };
    const places = this.reserve(own, audience);
    const changes = [
      ...(isRetained ? [retention(own)] : []),
      ...[...places].flatMap(([mailbox, queued]) => (queued ? mailbox.changeOf(queued) : [])),
    ];
    return { packet: own, changes, audience, version, places, isRetained };
  }

  /** The message is stored. Who subscribed meanwhile hears it too, and who went does not. */
  deliver({ packet, audience: planned, version, places, isRetained }: Publication): void {
    const { subscribers } = this.mailboxes;
    const audience = version === subscribers.version ? planned : subscribers.match(packet.topic);
    if (audience) this.send(packet, audience, places);
    for (const [mailbox, queued] of places) if (queued && !audience?.has(mailbox)) mailbox.cancel(queued);
    if (isRetained) this.retain(packet);
  }

  /** The message is not stored: the places it had are free again. */
  abandon({ packet, places, isRetained }: Publication): void {
    if (isRetained) this.mailboxes.retained.release(packet);
    for (const [mailbox, queued] of places) if (queued) mailbox.withdraw(queued);
  }

  private reserve(packet: Packet, audience: Audience<Mailbox> | null): Places {
    const places = new Map<Mailbox, Queued | null>();
    for (const [mailbox, granted] of audience ?? []) {
      const qos = least(packet.qos, granted);
      if (mailbox.isKept && qos !== 0) places.set(mailbox, mailbox.reserve(liveCopy(packet, qos)));
    }
    return places;
  }

  private send(packet: Packet, audience: Audience<Mailbox>, places: Places): void {
    let frame: Uint8Array | null = null;
    for (const [mailbox, granted] of audience) {
      const qos = least(packet.qos, granted);
      const queued = places.get(mailbox);
      if (queued) mailbox.admit(queued);
      else if (queued === null) continue;
      else if (qos > 0) mailbox.send(liveCopy(packet, qos));
      else {
        frame ??= publishFrame(liveCopy(packet, 0));
        mailbox.offer(frame);
      }
    }
  }

  private mayRetain(packet: Packet): boolean {
    if (this.mailboxes.retained.reserve(packet)) return true;
    this.mailboxes.counters.refuse('retained-full', packet.topic);
    return false;
  }

  private retain(packet: Packet): void {
    const { retained } = this.mailboxes;
    if (packet.payload.length === 0) retained.drop(packet.topic);
    else retained.put(messageOf(packet));
    retained.release(packet);
  }
}

/** MQTT-3.3.1-9: what goes to a subscription that stands is not marked as retained. */
function liveCopy<Q extends Copy['qos']>({ topic, payload }: Packet, qos: Q): Copy & { qos: Q } {
  return { topic, payload, qos, retain: false };
}

/** MQTT-3.3.1-10: an empty payload takes away what was retained. */
function retention(packet: Packet): BrokerChange {
  const { topic, payload } = packet;
  return payload.length === 0 ? { kind: 'unretain', topic } : { kind: 'retain', ...messageOf(packet) };
}

function messageOf({ topic, payload, qos }: Packet): RetainedMessage {
  return { topic, payload, qos };
}
