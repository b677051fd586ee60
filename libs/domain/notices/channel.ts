// A channel, as the domain sees it: one attempt to reach one endpoint.
import type { ChannelKind, LeasedDelivery, Receipt } from './delivery.js';

export abstract class Channels {
  /** Never throws: what went wrong is a receipt. Ends within `timeoutMs`. */
  abstract deliver(delivery: LeasedDelivery, timeoutMs: number): Promise<Receipt>;
  abstract kinds(): readonly ChannelKind[];
}
