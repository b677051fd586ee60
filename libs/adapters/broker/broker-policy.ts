// What the broker asks whoever stands behind it: who may come in, what he may say and hear, and what became of it.

/** A connected client, as far as the policy is concerned. The same object for the life of the connection. */
export interface BrokerSession {
  readonly clientId: string;
  readonly deviceId: string;
  /** Devices that this one publishes for and listens for. */
  readonly children: readonly string[];
  readonly address: string;
  /** Rises with every login at this broker; of two sessions of one device the higher is the present one. */
  readonly number: number;
}

export interface Login {
  readonly clientId: string;
  readonly username: string | undefined;
  readonly password: Uint8Array | undefined;
  readonly address: string;
}

export type Admission =
  | { readonly admitted: true; readonly deviceId: string; readonly children: readonly string[] }
  /** `credentials` is all that a stranger is told, whatever was wrong; `unavailable` asks to come again. */
  | { readonly admitted: false; readonly reason: 'credentials' | 'unavailable' };

/** A PUBLISH of a client. The payload is the client's bytes as they came: they are never changed. */
export interface Packet {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

/**
 * `stored`: durable, acknowledge it. `malformed`: dealt with and durable as such, acknowledge it too.
 * `forbidden`: close the connection. `unavailable`: acknowledge nothing and close, so that it is sent again.
 */
export type Verdict = 'stored' | 'malformed' | 'forbidden' | 'unavailable';

export abstract class BrokerPolicy {
  /** A rejection counts as `unavailable`. */
  abstract authenticate(login: Login): Promise<Admission>;
  abstract mayPublish(session: BrokerSession, topic: string): boolean;
  abstract maySubscribe(session: BrokerSession, filter: string): boolean;
  /**
   * Called in the order in which a client sent its packets, and not awaited in between: what must keep that order
   * happens before the first `await`, and the promises resolve in that order too. A rejection counts as `unavailable`.
   */
  abstract receive(session: BrokerSession, packet: Packet): Promise<Verdict>;
  /** The filter is granted and acknowledged: whatever is sent now arrives. */
  abstract subscribed(session: BrokerSession, filter: string): void;
  /**
   * The connection is over. `will` is what the client left to be said if it vanished: a hint, and null unless it
   * truly vanished (no goodbye, no take-over, not cut by us, nothing of its messages left unanswered by a lame store).
   */
  abstract gone(session: BrokerSession, will: Packet | null): void;
}
