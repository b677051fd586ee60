// Something that a person asks a device to do.
import { Controller, Param } from '@nestjs/common';
import { type Account, newId } from '#domain/accounts';
import { Bindings } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DeviceLink } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { Intake } from '#domain/intake';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';
import { requireOwn } from './own-device.js';

/** Past this a device must not do it any more: what was meant for now may be wrong later. */
const validMs = 60_000;

@Controller()
export class CommandsController {
  constructor(
    private readonly bindings: Bindings,
    private readonly intake: Intake,
    private readonly link: DeviceLink,
    private readonly clock: Clock,
  ) {}

  @Call('command')
  async send(
    @Param('deviceId') deviceId: string,
    @Input() { name, args }: InputOf<'command'>,
    @By() by: Account,
  ) {
    const { epoch } = await requireOwn(this.bindings, deviceId, by);
    const file = await this.intake.file(deviceId);
    if (!file) throw new DomainError('not-found');
    if (!file.product.commands.some(command => command.name === name)) {
      throw new DomainError('invalid-request', {
        faults: [{ field: 'name', message: 'is no command of this product' }],
      });
    }
    const body = { id: newId(), name, args, epoch, until: this.clock.now() + validMs };
    if (!this.link.tell(deviceId, { kind: 'command', body })) throw new DomainError('device-offline');
    return { id: body.id };
  }
}
