// The dispatcher: takes what is due from the outbox, has it delivered, and records what became of it.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import { Channels } from './channel.js';
import type { LeasedDelivery, Receipt, Settlement } from './delivery.js';
import { OutboxStore } from './notice.store.js';

const timeoutMs = 10_000;
/** Longer than an attempt can take, so that no other worker takes up what is under way. */
const leaseMs = 30_000;
const mostAtOnce = 64;
const firstWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;
/** About an hour and a half of waiting. */
const mostAttempts = 25;

@Injectable()
export class Dispatcher {
  private readonly underWay = new Set<Promise<void>>();
  private looking: Promise<void> | null = null;
  private lookAgain = false;
  private stopped = false;

  constructor(
    private readonly outbox: OutboxStore,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {}

  /** Attempts that have not ended. */
  get underWayNow(): number {
    return this.underWay.size;
  }

  /** Starts whatever is due; resolves when it is started, so that a slow endpoint holds up nobody else. */
  async run(): Promise<void> {
    if (this.looking !== null) {
      this.lookAgain = true;
      return this.looking;
    }
    this.looking = this.look().finally(() => {
      this.looking = null;
    });
    await this.looking;
  }

  /** Something new is due: looks at once; a fault is met again by the next regular run. */
  wake(): void {
    if (!this.stopped) this.run().catch(() => {});
  }

  /** Starts nothing more and resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.looking?.catch(() => {});
    await Promise.all(this.underWay);
  }

  private async look(): Promise<void> {
    do {
      this.lookAgain = false;
      const room = mostAtOnce - this.underWay.size;
      if (room <= 0 || this.stopped) return;
      const leased = await this.outbox.lease(this.clock.now(), leaseMs, room);
      for (const delivery of leased) this.start(delivery);
    } while (this.lookAgain);
  }

  private start(delivery: LeasedDelivery): void {
    const attempt = this.attempt(delivery)
      // The lease runs out, and the delivery is taken up again with the same id.
      .catch(() => {})
      .finally(() => {
        this.underWay.delete(attempt);
        // The next of the same alarm and endpoint has been waiting for this one.
        this.wake();
      });
    this.underWay.add(attempt);
  }

  private async attempt(delivery: LeasedDelivery): Promise<void> {
    const receipt = await this.channels.deliver(delivery, timeoutMs);
    const now = this.clock.now();
    await this.outbox.settle(delivery, settlementOf(receipt, delivery.attempts + 1, now), now);
  }
}

function settlementOf(receipt: Receipt, attempts: number, now: number): Settlement {
  const { detail } = receipt;
  if (receipt.outcome === 'accepted') return { state: 'accepted', detail };
  if (receipt.outcome === 'refused') return { state: 'refused', detail, endpointIsGone: receipt.isGone };
  if (attempts >= mostAttempts) return { state: 'dead', detail };
  const waitMs = Math.max(receipt.afterMs ?? 0, backoffMs(attempts));
  return { state: 'due', dueAt: now + Math.ceil(waitMs), detail };
}

/** Doubles up to five minutes; a quarter of it is chance, so that what failed together does not return together. */
function backoffMs(attempts: number): number {
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1));
  return wait * (0.75 + Math.random() / 4);
}
