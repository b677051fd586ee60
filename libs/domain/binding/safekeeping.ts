// Safekeeping: what becomes of a device that was stolen or lost. Its owner locks it, and who finds it writes to the owner.
import { Injectable } from '@nestjs/common';
import { type Actor, Attempts, type Doer, deedOf } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { BindingLine } from './binding-line.js';
import { Scans } from './scans.js';

@Injectable()
export class Safekeeping {
  constructor(
    private readonly scans: Scans,
    private readonly attempts: Attempts,
    private readonly line: BindingLine,
    private readonly clock: Clock,
  ) {}

  /** Reported stolen: it cannot be reset, bound, handed over or recovered until its owner unlocks it. */
  async lock(deviceId: string, by: Actor): Promise<void> {
    await this.line.decide(deviceId, { kind: 'lock', at: this.clock.now(), ...deedOf(by) });
  }

  async unlock(deviceId: string, by: Doer): Promise<void> {
    await this.line.decide(deviceId, { kind: 'unlock', at: this.clock.now(), ...deedOf(by) });
  }

  /**
   * The owner gets the message and nothing of the finder but what is in it; the finder learns nothing.
   * @throws DomainError `not-found` when nobody misses it; `too-many-attempts` after some messages, with a growing delay
   */
  async found(text: string, by: Actor, message: string): Promise<void> {
    const { device } = await this.scans.of(text);
    this.attempts.begin([`found account ${by.id}`, `found device ${device.id}`]);
    const at = this.clock.now();
    await this.line.decide(device.id, { kind: 'found', at, ...deedOf(by), message });
  }
}
