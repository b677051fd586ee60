// One way to reach a person, behind the domain's `Channels`; each kind is an adapter of its own.
import type { Receipt, Sending } from '#domain/notices';

export interface Channel {
  /** The settings that the operator has yet to make; empty: it can be used. */
  readonly missing: readonly string[];
  /** Of web push: what a browser subscribes with. */
  readonly publicKey?: string;
  /** Never throws: what went wrong is a receipt. Ends within `timeoutMs`. */
  deliver(sending: Sending, timeoutMs: number): Promise<Receipt>;
}
