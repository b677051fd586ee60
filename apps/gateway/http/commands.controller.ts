// Something that a person asks a device to do.
import { Controller, Param } from '@nestjs/common';
import type { Account } from '#domain/accounts';
import { Bindings } from '#domain/binding';
import { Commands } from '#domain/intake';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';
import { requireOwn } from './own-device.js';

@Controller()
export class CommandsController {
  constructor(
    private readonly bindings: Bindings,
    private readonly commands: Commands,
  ) {}

  @Call('command')
  async send(
    @Param('deviceId') deviceId: string,
    @Input() { name, args }: InputOf<'command'>,
    @By() by: Account,
  ) {
    const { epoch } = await requireOwn(this.bindings, deviceId, by);
    return { id: await this.commands.send(deviceId, { name, args, epoch }) };
  }
}
