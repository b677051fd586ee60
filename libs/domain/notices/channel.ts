// The channels, as the domain sees them: one attempt to reach one endpoint.
import type { ChannelView } from '#codecs/api';
import type { Receipt } from './delivery.js';
import type { Sending } from './message.js';

export abstract class Channels {
  /** Never throws: what went wrong is a receipt. Ends within `timeoutMs`. */
  abstract deliver(sending: Sending, timeoutMs: number): Promise<Receipt>;
  /** Every kind, with what the operator has yet to set before it can be used. */
  abstract offers(): readonly ChannelView[];
}
