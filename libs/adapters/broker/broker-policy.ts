// What the broker asks whoever stands behind it: who may come in, what he may say and hear, and what became of it.
import type { BrokerChange } from '#domain/intake';

/** A device, told apart by its credential. It speaks and listens for itself and for its children. */
export interface DeviceIdentity {
  readonly kind: 'device';
  readonly deviceId: string;
  /** Devices that this one publishes for and listens for. */
  readonly children: readonly string[];
  /** What watches over lives: it, or a child. It is never kept out because somebody else has its credential. */
  readonly isVital: boolean;
  /** Its credential was in an earlier owner's hands: it gets a new one, and is heard when it comes with that. */
  readonly isRenewing?: boolean;
}

/** A program of the operator's, with the topics that it was granted and no others. */
export interface ApplicationIdentity {
  readonly kind: 'application';
  readonly applicationId: string;
  /** Topic filters of MQTT 3.1.1 §4.7. */
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

export type Identity = DeviceIdentity | ApplicationIdentity;

/** A connected client, as far as the policy is concerned. The same object for the life of the connection. */
export interface BrokerSession {
  readonly clientId: string;
  readonly identity: Identity;
  readonly address: string;
  /** Rises with every login at this broker; of two sessions of one client the higher is the present one. */
  readonly number: number;
}

/** What a client showed of itself while its TLS connection was made. */
export interface PresentedCertificate {
  /** Whether it comes, in time, from an authority that this gateway trusts. */
  readonly isTrusted: boolean;
  /** The common name of its subject; empty when there is none. */
  readonly name: string;
  /** SHA-256 of the whole certificate, hex. */
  readonly fingerprint: string;
}

export interface Login {
  readonly clientId: string;
  readonly username: string | undefined;
  readonly password: Uint8Array | undefined;
  /** Null when it showed none, over TCP for instance. */
  readonly certificate: PresentedCertificate | null;
  readonly address: string;
}

export type Admission =
  | { readonly admitted: true; readonly identity: Identity }
  /** `credentials` is all that a stranger is told, whatever was wrong; `unavailable` asks to come again. */
  | { readonly admitted: false; readonly reason: 'credentials' | 'unavailable' };

/** A PUBLISH of a client. The payload is the client's bytes as they came: they are never changed. */
export interface Packet {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** It may have come before, its client says; a last will never did. */
  readonly dup?: boolean;
}

/**
 * `stored`: durable, acknowledge it. `malformed`: dealt with and durable as such, acknowledge it too.
 * `passed`: nothing of it is for the store, and it was dealt with; acknowledge it.
 * `forbidden`: close the connection. `unavailable`: acknowledge nothing and close, so that it is sent again.
 * `put-off`: acknowledge nothing, and leave it at that: it is sent again with the next connection (MQTT-4.4.0-1).
 */
export type Verdict = 'stored' | 'malformed' | 'passed' | 'forbidden' | 'unavailable' | 'put-off';

/**
 * Told once. `fault` says why, where the verdict is `unavailable`. Before that it may be told `aside`: this one may take
 * long, and nobody is to wait for it. Its client is read on, its answer may come after those of later messages, and what
 * it keeps meanwhile is the policy's to bound.
 */
export type Answer = (verdict: Verdict | 'aside', fault?: unknown) => void;

/** Where the messages of one client on one topic go. */
export interface Way {
  /**
   * Called in the order in which a client sent its packets: what must keep that order happens before it returns, and
   * they are answered in that order too. What it throws counts as `unavailable`.
   * @param changes what those who listen are owed of it; `stored` says that these are durable as well, together with
   *   the message. On that word it goes to them, on no other.
   */
  take(packet: Packet, changes: readonly BrokerChange[], answer: Answer): void;
}

/** A way on which each message is a promise. */
export const wayOf = (
  receive: (packet: Packet, changes: readonly BrokerChange[]) => Promise<Verdict>,
): Way => ({
  take: (packet, changes, answer) =>
    void receive(packet, changes).then(answer, fault => answer('unavailable', fault)),
});

export abstract class BrokerPolicy {
  /** A rejection counts as `unavailable`. */
  abstract authenticate(login: Login): Promise<Admission>;
  /**
   * More than one client uses this credential at the same time, past what bad Wi-Fi explains. Said at most once in
   * `quarantineMs` a client.
   */
  abstract contested(identity: Identity): void;
  /**
   * Null: the client may not say it. What holds for a topic holds as long as the session, and is asked for anew only
   * when the client has said something of another one meanwhile.
   */
  abstract way(session: BrokerSession, topic: string): Way | null;
  abstract maySubscribe(session: BrokerSession, filter: string): boolean;
  /** The filter is granted and acknowledged: whatever is sent now arrives. */
  abstract subscribed(session: BrokerSession, filter: string): void;
  /**
   * The connection is over. `will` is what the client left to be said if it vanished: a hint, and null unless it
   * truly vanished (no goodbye, no take-over, not cut by us, nothing of its messages left unanswered by a lame store).
   * @returns what is taken in now as if the client had said it, through `receive`; null for nothing.
   */
  abstract gone(session: BrokerSession, will: Packet | null): Packet | null;
}
