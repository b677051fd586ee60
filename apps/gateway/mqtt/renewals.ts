// A device whose owner has lost it is handed a new secret, and is heard when it comes with that.

import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { BrokerSession, Verdict } from '#adapters/broker';
import { newId } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DeviceLink, Locksmith } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { Intake } from '#domain/intake';

/** Within it a device has read its new secret; what it says by the old one meanwhile waits, and is not taken. */
const graceMs = 3_000;
const validMs = 60_000;

@Injectable()
export class Renewals {
  private readonly handed = new WeakSet<BrokerSession>();

  constructor(
    private readonly locksmith: Locksmith,
    private readonly intake: Intake,
    private readonly link: DeviceLink,
    private readonly clock: Clock,
  ) {}

  /**
   * As a command that is kept nowhere: whoever was not there to hear it comes again. Once a connection, for a second one
   * would make the first worthless.
   */
  async hand(deviceId: string, session: BrokerSession): Promise<void> {
    if (this.handed.has(session)) return;
    this.handed.add(session);
    const file = await this.intake.file(deviceId);
    if (file === null) throw new DomainError('not-found');
    const args = await this.locksmith.renew(deviceId);
    const { epoch } = file.binding;
    const body = { id: newId(), name: 'credential', args, epoch, until: this.clock.now() + validMs };
    this.link.tell(deviceId, { kind: 'command', body, isFleeting: true });
  }

  /** Neither acknowledged nor lost: the device says it again, with its new secret. */
  async putOff(): Promise<Verdict> {
    await wait(graceMs, undefined, { ref: false });
    return 'unavailable';
  }
}
