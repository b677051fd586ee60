// What the broker remembers beyond a connection, and the changes of it that a batch stores with what caused them.
import type { Remains } from '#domain/devices';

export type QoS = 0 | 1 | 2;

export interface RetainedMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: QoS;
}

/** A copy for one client that has not acknowledged it. */
export interface QueuedMessage {
  readonly clientId: string;
  /** Given when it is queued, so that it goes out under the same number before and after a restart (MQTT-4.4.0-1). */
  readonly packetId: number;
  /** Rises with every copy that the broker queues: the order in which they go out. */
  readonly place: number;
  readonly topic: string;
  /** Empty once it is released. */
  readonly payload: Uint8Array;
  readonly qos: 1 | 2;
  readonly retain: boolean;
  /** `sent`: its client was there when it was queued. `released`: received, and its PUBREL is on the way (QoS 2). */
  readonly state: 'waiting' | 'sent' | 'released';
}

/** The state of a client that connects with clean session 0 (MQTT 3.1.1 §3.1.2.4). */
export interface KeptSession {
  readonly clientId: string;
  /** When its client was last known to be connected, within a day. */
  readonly seenAt: number;
  /** What stands up to this place in its queue may have been sent already. */
  readonly sentThrough: number;
  readonly subscriptions: readonly { readonly filter: string; readonly qos: QoS }[];
  /** In the order of their places. */
  readonly queued: readonly QueuedMessage[];
  /** Packet identifiers of its QoS 2 messages between PUBLISH and PUBREL. */
  readonly receivedOnce: readonly number[];
}

export interface BrokerMemory {
  readonly sessions: readonly KeptSession[];
  readonly retained: readonly RetainedMessage[];
}

/** Clients that connect with clean session 1 leave no trace here. */
export type BrokerChange =
  | ({ readonly kind: 'retain' } & RetainedMessage)
  | { readonly kind: 'unretain'; readonly topic: string }
  /** At a change of owner, in the transaction that changes it. */
  | ({ readonly kind: 'forget' } & Remains)
  | ({ readonly kind: 'keep-session' } & Pick<KeptSession, 'clientId' | 'seenAt' | 'sentThrough'>)
  /** With its subscriptions, its queue and its identifiers. */
  | { readonly kind: 'end-session'; readonly clientId: string }
  | { readonly kind: 'subscribe'; readonly clientId: string; readonly filter: string; readonly qos: QoS }
  | { readonly kind: 'unsubscribe'; readonly clientId: string; readonly filter: string }
  | ({ readonly kind: 'queue' } & QueuedMessage)
  | { readonly kind: 'release' | 'dequeue'; readonly clientId: string; readonly packetId: number }
  | { readonly kind: 'receive-once' | 'forget-once'; readonly clientId: string; readonly packetId: number };
