// What was taken in and is not answered yet, of all clients together: past its limits nobody's socket is read.
import type { BrokerLimits } from './broker-settings.js';
import { monotonicMs } from './token-bucket.js';

/** Messages of one client that are taken in before it must wait for an answer: the fuller it is, the fewer. */
const atOnce = { usual: 32, crowded: 4 } as const;
const crowdedShare = 0.1;

/** Whoever waits until there is room again. */
export interface Resting {
  wake(): void;
}

/** A store that is merely slow answers something within this time. */
const stuckMs = 2_000;

/**
 * While the store is down messages wait in memory, and their clients are told nothing. So this is the one queue that
 * grows with the outage; when it is full the rest stays where it is, in the clients' own sockets.
 */
export class Backlog {
  private messages = 0;
  private bytes = 0;
  private movedAtMs = 0;
  private readonly resting = new Set<Resting>();
  private whenEmpty: (() => void) | null = null;

  constructor(
    private readonly limits: Pick<BrokerLimits, 'unansweredMessages' | 'unansweredBytes'>,
    private readonly filled: () => void = () => {},
  ) {}

  get size(): number {
    return this.messages;
  }

  /** Nothing has been answered for so long that what clients seem to be now may be our own fault. */
  get isStuck(): boolean {
    return this.messages > 0 && monotonicMs() - this.movedAtMs > stuckMs;
  }

  /** So a crowd of talkative clients leaves room for what somebody else has to say. */
  get mostAtOnce(): number {
    return this.isFull(crowdedShare) ? atOnce.crowded : atOnce.usual;
  }

  /** Whether a client must wait; it is then woken once there is room again. */
  mustRest(client: Resting): boolean {
    // Who rests has come first: nobody takes the places that he is waiting for.
    if (!this.isFull(this.resting.size > 0 ? 0.5 : 1)) return false;
    if (this.resting.size === 0) this.filled();
    this.resting.add(client);
    return true;
  }

  forget(client: Resting): void {
    this.resting.delete(client);
  }

  add(bytes: number): void {
    if (this.messages === 0) this.movedAtMs = monotonicMs();
    this.messages += 1;
    this.bytes += bytes;
  }

  remove(bytes: number): void {
    this.messages -= 1;
    this.bytes -= bytes;
    this.movedAtMs = monotonicMs();
    if (this.messages === 0) this.whenEmpty?.();
    // Not at the first free place: whoever rests is woken to more than a single message.
    if (this.resting.size > 0 && !this.isFull(0.5)) this.wakeAll();
  }

  /** Resolves when everything is answered, or after `timeoutMs`. */
  async drain(timeoutMs: number): Promise<void> {
    if (this.messages === 0) return;
    await new Promise<void>(resolve => {
      const patience = setTimeout(resolve, timeoutMs);
      this.whenEmpty = () => {
        clearTimeout(patience);
        resolve();
      };
    });
  }

  private isFull(share: number): boolean {
    const { unansweredMessages, unansweredBytes } = this.limits;
    return this.messages >= unansweredMessages * share || this.bytes >= unansweredBytes * share;
  }

  private wakeAll(): void {
    const woken = [...this.resting];
    this.resting.clear();
    for (const client of woken) client.wake();
  }
}
