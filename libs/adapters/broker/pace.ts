// How fast one client may speak: so many messages a second and so many other packets, each with its burst.
import type { BrokerLimits } from './broker-settings.js';
import { TokenBucket } from './token-bucket.js';

export class Pace {
  private readonly messages: TokenBucket;
  private readonly packets: TokenBucket;
  private isOverdrawn = false;

  constructor({ messagesPerS, burst, packetsPerS }: BrokerLimits) {
    this.messages = new TokenBucket(messagesPerS, burst);
    this.packets = new TokenBucket(packetsPerS, packetsPerS);
  }

  spend(what: 'messages' | 'packets', now: number): void {
    this.isOverdrawn = !this[what].take(now);
  }

  /** Whether the last was one too many; said once. */
  wasOverdrawn(): boolean {
    const { isOverdrawn } = this;
    this.isOverdrawn = false;
    return isOverdrawn;
  }

  /** Milliseconds for which nothing more is taken; 0 when there is no debt. */
  debtMs(): number {
    return Math.max(this.messages.debtMs(), this.packets.debtMs());
  }
}
