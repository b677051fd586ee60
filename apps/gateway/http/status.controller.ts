// What an operator watches.
import { Controller } from '@nestjs/common';
import { BrokerCounters } from '#adapters/broker';
import { Stores } from '#adapters/storage';
import { Clock } from '#domain/clock';
import { DeviceLink } from '#domain/devices';
import { Intake, IntakeStore } from '#domain/intake';
import { version } from '../version.js';
import { Call } from './call.js';

const deadLettersShown = 50;

@Controller()
export class StatusController {
  private readonly startedAt: number;

  constructor(
    clock: Clock,
    private readonly stores: Stores,
    private readonly link: DeviceLink,
    private readonly intake: Intake,
    private readonly intakeStore: IntakeStore,
    private readonly brokerCounters: BrokerCounters,
  ) {
    this.startedAt = clock.now();
  }

  @Call('status')
  async show() {
    const deadLetters = await this.intakeStore.deadLetters(deadLettersShown);
    return {
      version,
      startedAt: this.startedAt,
      storage: this.stores.dialect,
      connections: this.link.connections(),
      counters: { ...this.intake.counters, ...this.brokerCounters.read() },
      deadLetters: deadLetters.map(({ at, deviceId, kind, reason, bytes }) => ({
        at,
        deviceId,
        kind,
        reason,
        bytes,
      })),
    };
  }
}
