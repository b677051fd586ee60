// What was stolen, found, or belongs to somebody who cannot be reached; and what the operator does about it.
import { Controller, Param } from '@nestjs/common';
import type { Actor } from '#domain/accounts';
import { Interventions, Recoveries, Safekeeping } from '#domain/binding';
import { Call } from './call.js';
import { By, From, Input, type InputOf } from './inputs.js';

const done = { done: true } as const;

@Controller()
export class SafekeepingController {
  constructor(
    private readonly safekeeping: Safekeeping,
    private readonly recoveries: Recoveries,
    private readonly interventions: Interventions,
  ) {}

  @Call('lockDevice')
  async lock(@Param('deviceId') deviceId: string, @By() by: Actor) {
    await this.safekeeping.lock(deviceId, by);
    return done;
  }

  @Call('unlockDevice')
  async unlock(@Param('deviceId') deviceId: string, @By() by: Actor) {
    await this.safekeeping.unlock(deviceId, by);
    return done;
  }

  @Call('reportFound')
  async found(
    @Param('ticket') ticket: string,
    @Input() { message }: InputOf<'reportFound'>,
    @By() by: Actor,
  ) {
    await this.safekeeping.found(ticket, by, message);
    return done;
  }

  @Call('askRecovery')
  ask(
    @Param('ticket') ticket: string,
    @Input() { proof }: InputOf<'askRecovery'>,
    @By() by: Actor,
    @From() from: string,
  ) {
    return this.recoveries.ask(ticket, by, proof, from);
  }

  @Call('completeRecovery')
  complete(
    @Param('ticket') ticket: string,
    @Input() { proof, name }: InputOf<'completeRecovery'>,
    @By() by: Actor,
    @From() from: string,
  ) {
    return this.recoveries.complete(ticket, by, proof, from, name);
  }

  @Call('vetoRecovery')
  async veto(@Param('deviceId') deviceId: string, @By() by: Actor) {
    await this.recoveries.veto(deviceId, by);
    return done;
  }

  @Call('forceRelease')
  async forceRelease(
    @Param('deviceId') deviceId: string,
    @Input() { reason }: InputOf<'forceRelease'>,
    @By() by: Actor,
  ) {
    await this.interventions.forceRelease(deviceId, by, reason);
    return done;
  }

  @Call('retireDevice')
  async retire(
    @Param('deviceId') deviceId: string,
    @Input() { reason }: InputOf<'retireDevice'>,
    @By() by: Actor,
  ) {
    await this.interventions.retire(deviceId, by, reason);
    return done;
  }
}
