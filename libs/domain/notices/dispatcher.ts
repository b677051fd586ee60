// The dispatcher: takes what is due from the outbox, has it delivered, and records what became of it.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import { Breakers } from './breakers.js';
import { Bulkheads } from './bulkheads.js';
import { type Outgoing, outgoing } from './bundle.js';
import { Chance } from './chance.js';
import { Channels } from './channel.js';
import type { LeasedDelivery, Receipt, Settlement } from './delivery.js';
import { providerOf } from './endpoint.js';
import { type Candidate, OutboxStore } from './outbox.store.js';
import { postponed, settlementOf } from './settlement.js';

const timeoutMs = 10_000;
/** Longer than an attempt can take, so that no other worker takes up what is under way. */
const leaseMs = 30_000;

@Injectable()
export class Dispatcher {
  /** With when each began. */
  private readonly underWay = new Map<Promise<void>, number>();
  private readonly bulkheads = new Bulkheads();
  private readonly endpoints = new Breakers(5 * 60_000);
  /** Many wait for a provider: it is asked again sooner. */
  private readonly providers = new Breakers(30_000);
  private looking: Promise<void> | null = null;
  private lookAgain = false;
  private stopped = false;

  constructor(
    private readonly outbox: OutboxStore,
    private readonly channels: Channels,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Attempts that have not ended. */
  get underWayNow(): number {
    return this.underWay.size;
  }

  /** Once, before anything can wake it: what was on its way when an earlier process ended abruptly is due again at once. */
  async begin(): Promise<void> {
    await this.outbox.takeBack();
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

  /** Resolves when it has looked for what is due. @throws Error while an attempt hangs for longer than any may. */
  async probe(): Promise<void> {
    const [oldest = Number.POSITIVE_INFINITY] = this.underWay.values();
    if (this.clock.now() - oldest > leaseMs) throw new Error('an attempt does not end');
    await this.run();
  }

  /** Starts nothing more and resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.looking?.catch(() => {});
    await Promise.all(this.underWay.keys());
  }

  private async look(): Promise<void> {
    do {
      this.lookAgain = false;
      // Life safety goes first, and has places of its own.
      for (const urgent of [true, false]) await this.startAll(urgent);
    } while (this.lookAgain);
  }

  private async startAll(urgent: boolean): Promise<void> {
    for (
      let room = this.bulkheads.room(urgent);
      room > 0 && !this.stopped;
      room = this.bulkheads.room(urgent)
    ) {
      const leased = await this.lease(room, urgent);
      if (leased.length === 0) return;
      for (const each of outgoing(leased)) this.start(each);
    }
  }

  /** Each that is leased has its places; those are given back when the lease comes to nothing. */
  private async lease(room: number, urgent: boolean): Promise<LeasedDelivery[]> {
    const admitted: Candidate[] = [];
    const admits = (candidate: Candidate) => this.bulkheads.admit(candidate) && admitted.push(candidate) > 0;
    const leave = (kept: readonly Candidate[]) => {
      const ids = new Set(kept.map(({ id }) => id));
      for (const candidate of admitted) if (!ids.has(candidate.id)) this.bulkheads.leave(candidate);
    };
    try {
      const without = this.bulkheads.full(urgent);
      const leased = await this.outbox.lease(this.clock.now(), leaseMs, room, { urgent, without, admits });
      leave(leased);
      return leased;
    } catch (error) {
      leave([]);
      throw error;
    }
  }

  private start(each: Outgoing): void {
    const attempt = this.attempt(each)
      // The lease runs out, and the delivery is taken up again with the same id.
      .catch(() => {})
      .finally(() => {
        this.underWay.delete(attempt);
        this.bulkheads.leave(each.sent);
        // The next of the same subject and endpoint has been waiting for this one.
        this.wake();
      });
    this.underWay.set(attempt, this.clock.now());
  }

  private async attempt({ sent, deliveries }: Outgoing): Promise<void> {
    const startedAt = this.clock.now();
    const closedUntil =
      this.endpoints.refuses(sent.endpointId, startedAt) ??
      this.providers.refuses(providerOf(sent.endpoint), startedAt);
    const receipt = closedUntil === null ? await this.channels.deliver(sent, timeoutMs) : null;
    const endedAt = this.clock.now();
    if (receipt !== null) this.learn(sent, receipt, endedAt);
    const chance = this.chance.next();
    const settlement = (delivery: LeasedDelivery): Settlement =>
      receipt === null
        ? postponed(delivery, closedUntil ?? endedAt, endedAt, chance)
        : settlementOf(delivery, receipt, { startedAt, endedAt, chance });
    await Promise.all(deliveries.map(each => this.outbox.settle(each, settlement(each), endedAt)));
  }

  /** What the other side refuses it has answered; what it asks us to wait for holds for all that goes there. */
  private learn({ endpointId, endpoint }: LeasedDelivery, receipt: Receipt, now: number): void {
    if (receipt.outcome === 'retry' && receipt.isHeldBack) return;
    const provider = providerOf(endpoint);
    if (receipt.outcome === 'retry' && receipt.isUnreachable) this.providers.failed(provider, now);
    else this.providers.succeeded(provider);
    if (receipt.outcome !== 'retry') this.endpoints.succeeded(endpointId);
    else if (receipt.afterMs === undefined) this.endpoints.failed(endpointId, now);
    else this.endpoints.pause(endpointId, now + receipt.afterMs);
  }
}
