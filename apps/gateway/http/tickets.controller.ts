// A scanned code: what it opens for whoever scans it, and the two steps that bind its device.
import { Controller, Param } from '@nestjs/common';
import type { Account, Actor } from '#domain/accounts';
import { Bindings } from '#domain/binding';
import { Doorbell } from '#domain/sharing';
import { Call } from './call.js';
import { By, ByAnyone, From, Input, type InputOf } from './inputs.js';

@Controller()
export class TicketsController {
  constructor(
    private readonly bindings: Bindings,
    private readonly doorbell: Doorbell,
  ) {}

  @Call('ticket')
  look(@Param('ticket') ticket: string, @ByAnyone() by: Account | null) {
    return this.doorbell.look(ticket, by);
  }

  @Call('askIn')
  async ask(@Param('ticket') ticket: string, @By() by: Account) {
    await this.doorbell.ask(ticket, by);
    return { done: true } as const;
  }

  @Call('claim')
  claim(
    @Param('ticket') ticket: string,
    @Input() { proof }: InputOf<'claim'>,
    @By() by: Actor,
    @From() from: string,
  ) {
    return this.bindings.claim(ticket, by, proof, from);
  }

  @Call('confirm')
  confirm(@Param('ticket') ticket: string, @Input() { nonce, name }: InputOf<'confirm'>, @By() by: Actor) {
    return this.bindings.confirm(ticket, by, nonce, name);
  }
}
