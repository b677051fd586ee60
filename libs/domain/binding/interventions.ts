// Interventions: what an operator does to a binding without its owner, never without a reason.
import { Injectable } from '@nestjs/common';
import { type Actor, deedOf } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { BindingLine } from './binding-line.js';

@Injectable()
export class Interventions {
  constructor(
    private readonly line: BindingLine,
    private readonly clock: Clock,
  ) {}

  /** The owner is told the reason; it stands in the ledger. @throws DomainError `not-found` when it has no owner. */
  async forceRelease(deviceId: string, by: Actor, reason: string): Promise<void> {
    const at = this.clock.now();
    await this.line.decide(deviceId, { kind: 'force-release', at, ...deedOf(by), reason });
  }

  /** For good: its code is none of ours any more. @throws DomainError `already-bound` while it has an owner. */
  async retire(deviceId: string, by: Actor, reason: string): Promise<void> {
    const at = this.clock.now();
    await this.line.decide(deviceId, { kind: 'retire', at, ...deedOf(by), reason });
  }
}
