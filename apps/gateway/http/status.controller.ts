// What an operator watches.
import { Controller } from '@nestjs/common';
import { Stores } from '#adapters/storage';
import { Clock } from '#domain/clock';
import { Absences, IntakeStore } from '#domain/intake';
import { GatewayState } from '../metrics/gateway-state.js';
import { version } from '../version.js';
import { Call } from './call.js';

const deadLettersShown = 50;

@Controller()
export class StatusController {
  private readonly startedAt: number;

  constructor(
    clock: Clock,
    private readonly stores: Stores,
    private readonly intakeStore: IntakeStore,
    private readonly state: GatewayState,
    private readonly absences: Absences,
  ) {
    this.startedAt = clock.now();
  }

  @Call('status')
  async show() {
    const { intake, sessions, unanswered, deliveriesUnderWay, eventLoop, brokerCounts } = this.state;
    const deliveriesDue = await this.state.deliveriesDue();
    const deadLetters = await this.intakeStore.deadLetters(deadLettersShown);
    return {
      version,
      startedAt: this.startedAt,
      storage: this.stores.dialect,
      connections: sessions,
      counters: { ...intake.counters, ...brokerCounts },
      now: {
        sessions,
        unanswered,
        intakeWaiting: intake.waiting,
        isStoreDown: intake.isStoreDown,
        deliveriesDue,
        deliveriesUnderWay,
        eventLoopBlockMs: Math.round(eventLoop.longestBlockMs),
      },
      absences: await this.absences.latest(),
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
