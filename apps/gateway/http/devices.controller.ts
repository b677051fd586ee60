// Devices as their people and the operators see them.
import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type PartingChoice, partingQuerySchema } from '#codecs/api';
import type { Account, Actor } from '#domain/accounts';
import { Bindings } from '#domain/binding';
import { DeviceStore, Tickets } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { type DeviceFile, Intake, Views } from '#domain/intake';
import { Places } from '#domain/sharing';
import { Call } from './call.js';
import { By, flag, Input, type InputOf, QueryOf } from './inputs.js';

const listQuery = z.object({ all: flag });

@Controller()
export class DevicesController {
  constructor(
    private readonly bindings: Bindings,
    private readonly intake: Intake,
    private readonly views: Views,
    private readonly places: Places,
    private readonly devices: DeviceStore,
    private readonly tickets: Tickets,
  ) {}

  @Call('devices')
  list(@QueryOf(listQuery) { all }: z.output<typeof listQuery>, @By() by: Account) {
    return this.views.devicesOf(by, all);
  }

  @Call('device')
  async show(@Param('deviceId') deviceId: string, @By() by: Account) {
    return this.views.detail(await this.fileOf(deviceId), by);
  }

  @Call('changeDevice')
  async change(
    @Param('deviceId') deviceId: string,
    @Input() { name }: InputOf<'changeDevice'>,
    @By() by: Actor,
  ) {
    await this.bindings.rename(deviceId, by, name);
    return this.views.device(await this.fileOf(deviceId), by);
  }

  @Call('placeDevice')
  async place(
    @Param('deviceId') deviceId: string,
    @Input() { homeId, roomId }: InputOf<'placeDevice'>,
    @By() by: Actor,
  ) {
    await this.places.put(deviceId, by, homeId, roomId);
    return this.views.device(await this.fileOf(deviceId), by);
  }

  @Call('release')
  async release(
    @Param('deviceId') deviceId: string,
    @QueryOf(partingQuerySchema) { history }: PartingChoice,
    @By() by: Actor,
  ) {
    await this.bindings.release(deviceId, by, history === 'erase');
    return { done: true } as const;
  }

  @Call('ledger')
  ledger(@Param('deviceId') deviceId: string, @By() by: Account) {
    return this.bindings.ledger(deviceId, by);
  }

  @Call('deviceTicket')
  async ticket(@Param('deviceId') deviceId: string) {
    const device = await this.devices.byId(deviceId);
    if (!device) throw new DomainError('not-found');
    return this.tickets.of(device);
  }

  private async fileOf(deviceId: string): Promise<DeviceFile> {
    const file = await this.intake.file(deviceId);
    if (!file) throw new DomainError('not-found');
    return file;
  }
}
