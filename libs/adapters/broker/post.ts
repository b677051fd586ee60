// What mailboxes stand on together, and what each listens to.
import type { BrokerChange, QoS } from '#domain/intake';
import type { BrokerCounters } from './broker-counters.js';
import type { BrokerLimits } from './broker-settings.js';
import type { Depot } from './depot.js';
import type { RetainedMessages } from './retained.js';

export interface Subscription {
  readonly qos: QoS;
  /** Nothing was sent on it yet: a retained message that comes now says so (MQTT-3.3.1-8, MQTT-3.3.1-9). */
  fresh: boolean;
}

/** What all mailboxes of a broker stand on. */
export interface Post {
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly retained: RetainedMessages;
  readonly depot: Depot;
  nextPlace(): number;
  keep(changes: readonly BrokerChange[]): Promise<void>;
  /** As `keep`, for what nobody waits for. */
  note(changes: readonly BrokerChange[]): void;
}
