// Matters of a device that are no alarm, told to people by the way of all notices.
import { Injectable } from '@nestjs/common';
import type { Matter } from '#codecs/api';
import type { Binding } from '#domain/binding';
import { Clock } from '#domain/clock';
import { Intake } from './intake.js';
import { Recipients } from './recipients.js';

export interface MatterOf {
  readonly deviceId: string;
  readonly matter: Matter;
  /** Stable, and no longer than `newId` makes them: the same id is told once, however often it is asked for. */
  readonly id: string;
  /** Accounts; left out, those who are told of the device's alarms. */
  readonly to?: readonly string[];
  /** As it was for them, when the device is theirs no more. */
  readonly before?: Binding;
  /** What somebody said to it, in their own words. */
  readonly said?: string | null;
}

@Injectable()
export class Matters {
  constructor(
    private readonly intake: Intake,
    private readonly recipients: Recipients,
    private readonly clock: Clock,
  ) {}

  /** Resolves when the notices are durable. @throws DomainError `not-found`, `storage-unavailable`. */
  async tell({ to, ...matter }: MatterOf): Promise<void> {
    const recipients = to === undefined ? null : await Promise.all(to.map(id => this.recipients.of(id)));
    await this.intake.tellMatter({ ...matter, to: recipients, at: this.clock.now() });
  }
}
