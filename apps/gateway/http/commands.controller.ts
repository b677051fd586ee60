// Something that a person asks a device to do.
import { Controller } from '@nestjs/common';
import type { Binding } from '#domain/binding';
import { Commands } from '#domain/intake';
import { Call } from './call.js';
import { Granted, Input, type InputOf } from './inputs.js';

@Controller()
export class CommandsController {
  constructor(private readonly commands: Commands) {}

  @Call('command')
  async send(@Granted() { deviceId, epoch }: Binding, @Input() { name, args }: InputOf<'command'>) {
    return { id: await this.commands.send(deviceId, { name, args, epoch }) };
  }
}
