// What all clients together are owed: past its limits whoever has much gets no more, and whoever has little still does.
import type { BrokerLimits } from './broker-settings.js';

/** So many a client may always have: devices are told things while somebody else's queues are full. */
export const fewMessages = 16;

export class Depot {
  private messages = 0;
  private bytes = 0;

  constructor(private readonly limits: Pick<BrokerLimits, 'queuedInAll' | 'queuedInAllBytes'>) {}

  get size(): number {
    return this.messages;
  }

  get isFull(): boolean {
    return this.messages >= this.limits.queuedInAll || this.bytes >= this.limits.queuedInAllBytes;
  }

  add(bytes: number): void {
    this.messages += 1;
    this.bytes += bytes;
  }

  remove(bytes: number): void {
    this.messages -= 1;
    this.bytes -= bytes;
  }

  /** A message stays, and its payload goes. */
  lighten(bytes: number): void {
    this.bytes -= bytes;
  }
}
