// Commands: what a device is asked to do, if its product can, now or not at all.
import { Injectable } from '@nestjs/common';
import type { Command } from '#codecs/wire';
import { newId } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DeviceLink } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { Intake } from './intake.js';

/** Past this a device must not do it any more: what was meant for now may be wrong later. */
const validMs = 60_000;

export interface WantedCommand extends Pick<Command, 'name' | 'args'> {
  /** By which the device's answer is known; one is made when it is missing. */
  readonly id?: string;
  /** In which owner's time it is asked; the present one's when it is missing. */
  readonly epoch?: number;
}

@Injectable()
export class Commands {
  constructor(
    private readonly intake: Intake,
    private readonly link: DeviceLink,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the command's id; the device answers with it.
   * @throws DomainError `not-found`, `invalid-request` for a command that the product does not have, `device-offline`.
   */
  async send(deviceId: string, { id = newId(), name, args, epoch }: WantedCommand): Promise<string> {
    const file = await this.intake.file(deviceId);
    if (file === null) throw new DomainError('not-found');
    if (!file.product.commands.some(command => command.name === name)) {
      throw new DomainError('invalid-request', {
        faults: [{ field: 'name', message: 'is no command of this product' }],
      });
    }
    const until = this.clock.now() + validMs;
    const body = { id, name, args, epoch: epoch ?? file.binding.epoch, until };
    if (!this.link.tell(deviceId, { kind: 'command', body })) throw new DomainError('device-offline');
    return id;
  }
}
