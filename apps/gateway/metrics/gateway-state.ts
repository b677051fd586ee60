// What the rooms of the gateway tell of themselves right now, in one place for whoever watches.
import { Injectable } from '@nestjs/common';
import { Broker, BrokerCounters } from '#adapters/broker';
import { DeviceLink } from '#domain/devices';
import { Intake } from '#domain/intake';
import { Dispatcher, OutboxStore } from '#domain/notices';
import { EventLoop } from './event-loop.js';

@Injectable()
export class GatewayState {
  constructor(
    readonly intake: Intake,
    readonly eventLoop: EventLoop,
    private readonly broker: Broker,
    private readonly brokerCounters: BrokerCounters,
    private readonly link: DeviceLink,
    private readonly dispatcher: Dispatcher,
    private readonly outbox: OutboxStore,
  ) {}

  /** By the broker's own names; those of refusals begin with `refused.` */
  get brokerCounts(): Readonly<Record<string, number>> {
    return this.brokerCounters.read();
  }

  get sessions(): number {
    return this.link.connections();
  }

  /** Messages that were taken in and are neither stored nor refused yet. */
  get queued(): number {
    return this.broker.queued;
  }

  get unanswered(): number {
    return this.broker.unanswered;
  }

  get deliveriesUnderWay(): number {
    return this.dispatcher.underWayNow;
  }

  /** Null when the store does not say. */
  deliveriesDue(): Promise<number | null> {
    return this.outbox.due().catch(() => null);
  }
}
