// Where the broker keeps what must outlast the process: the same transactions as everything else.
import type { BrokerChange, BrokerMemory } from './broker-change.js';

export abstract class SessionJournal {
  /** All that was kept, at the start. */
  abstract load(): Promise<BrokerMemory>;
  /**
   * Joins the present batch synchronously, so changes are stored in the order of asking; resolves when they are
   * durable. @throws when the store is down: then none of them is.
   */
  abstract keep(changes: readonly BrokerChange[]): Promise<void>;
}
