// Devices and alarms as people see them, put together from the files in memory.
import { Injectable } from '@nestjs/common';
import type { AlarmView, DeviceDetailView, DeviceView } from '#codecs/api';
import { type Account, AccountStore } from '#domain/accounts';
import { type Alarm, AlarmStore } from '#domain/alarms';
import { BindingStore } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DeviceStore } from '#domain/devices';
import { alarmView } from './alarm-view.js';
import { deviceDetailView, deviceView } from './device-view.js';
import { FileRoom } from './file-room.js';
import type { DeviceFile } from './intake.store.js';
import { Listening } from './listening.js';

const mostDevices = 1000;
const mostAlarms = 200;

@Injectable()
export class Views {
  constructor(
    private readonly files: FileRoom,
    private readonly bindings: BindingStore,
    private readonly devices: DeviceStore,
    private readonly alarms: AlarmStore,
    private readonly accounts: AccountStore,
    private readonly listening: Listening,
    private readonly clock: Clock,
  ) {}

  device(file: DeviceFile): DeviceView {
    return deviceView(file, this.listening.since, this.clock.now());
  }

  detail(file: DeviceFile): DeviceDetailView {
    return deviceDetailView(file, this.listening.since, this.clock.now());
  }

  /** A person's own devices; the first thousand of all for an operator who asks for them. */
  async devicesOf(by: Account, all: boolean): Promise<DeviceView[]> {
    const isFleet = all && by.role === 'operator';
    const ids = isFleet
      ? (await this.devices.page(null, mostDevices)).map(({ id }) => id)
      : (await this.bindings.ofOwner(by.id)).map(({ deviceId }) => deviceId);
    return (await this.files.openAll(ids)).map(file => this.device(file));
  }

  async alarm(alarm: Alarm, file: DeviceFile): Promise<AlarmView> {
    const names = await this.names([alarm]);
    return alarmView(alarm, this.device(file).name, id => names.get(id) ?? '');
  }

  /** Of a person's own devices; of all for an operator. Open ones first. */
  async alarmsOf(by: Account): Promise<AlarmView[]> {
    const alarms =
      by.role === 'operator'
        ? await this.alarms.latest(mostAlarms)
        : await this.alarms.ofOwner(by.id, mostAlarms);
    const names = await this.names(alarms);
    const files = await this.files.openAll([...new Set(alarms.map(({ deviceId }) => deviceId))]);
    const deviceNames = new Map(files.map(file => [file.device.id, this.device(file).name]));
    return alarms.map(alarm =>
      alarmView(alarm, deviceNames.get(alarm.deviceId) ?? '', id => names.get(id) ?? ''),
    );
  }

  private async names(alarms: readonly Alarm[]): Promise<Map<string, string>> {
    const ids = new Set(alarms.flatMap(({ timeline }) => timeline.flatMap(({ by }) => by ?? [])));
    const accounts = await Promise.all([...ids].map(id => this.accounts.byId(id)));
    return new Map(accounts.flatMap(account => (account === null ? [] : [[account.id, account.name]])));
  }
}
