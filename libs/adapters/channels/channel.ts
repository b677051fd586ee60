// One way to reach a person, behind the domain's `Channels`; each kind is an adapter of its own.
import type { LeasedDelivery, Receipt } from '#domain/notices';

export interface Channel {
  /** Never throws: what went wrong is a receipt. Ends within `timeoutMs`. */
  deliver(delivery: LeasedDelivery, timeoutMs: number): Promise<Receipt>;
}
