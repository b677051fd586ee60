// A login that was granted: the client behind it and what it listens to.
import type { Client } from 'aedes';
import type { BrokerSession, Identity, Packet } from './broker-policy.js';

export interface Subscription {
  readonly qos: 0 | 1 | 2;
  /** Nothing was sent on it yet: a retained message that comes now says so (MQTT-3.3.1-8, MQTT-3.3.1-9). */
  fresh: boolean;
}

let sessionsSoFar = 0;

export class Session implements BrokerSession {
  readonly number: number;
  /** Filters that it may hear. */
  readonly granted = new Set<string>();
  /** By filter; those of the granted ones that are acknowledged. */
  readonly subscriptions = new Map<string, Subscription>();

  constructor(
    readonly clientId: string,
    readonly identity: Identity,
    readonly address: string,
    /** Null when the client left none. */
    readonly will: Packet | null,
    readonly client: Client,
    /** Ends the connection for a reason that is counted. */
    readonly end: (reason: 'taken-over' | 'revoked') => void,
  ) {
    sessionsSoFar += 1;
    this.number = sessionsSoFar;
  }
}
