// A login that was granted: the client behind it and what it listens to.
import type { Client } from 'aedes';
import type { BrokerSession, Packet } from './broker-policy.js';

export interface Subscription {
  readonly qos: 0 | 1 | 2;
  /** Nothing was sent on it yet: a retained message that comes now says so (MQTT-3.3.1-8, MQTT-3.3.1-9). */
  fresh: boolean;
}

export interface Identity {
  readonly clientId: string;
  readonly deviceId: string;
  readonly children: readonly string[];
  readonly address: string;
}

let sessionsSoFar = 0;

export class Session implements BrokerSession {
  readonly clientId: string;
  readonly deviceId: string;
  readonly children: readonly string[];
  readonly address: string;
  readonly number: number;
  /** Filters that it may hear. */
  readonly granted = new Set<string>();
  /** By filter; those of the granted ones that are acknowledged. */
  readonly subscriptions = new Map<string, Subscription>();

  constructor(
    identity: Identity,
    /** Null when the client left none. */
    readonly will: Packet | null,
    readonly client: Client,
    /** Ends the connection for a reason that is counted. */
    readonly end: (reason: 'taken-over' | 'revoked') => void,
  ) {
    this.clientId = identity.clientId;
    this.deviceId = identity.deviceId;
    this.children = identity.children;
    this.address = identity.address;
    sessionsSoFar += 1;
    this.number = sessionsSoFar;
  }
}
