// Devices and alarms as people see them, put together from the files in memory.
import { Injectable } from '@nestjs/common';
import type { AlarmView, DeviceDetailView, DeviceView, Right, Standing } from '#codecs/api';
import { type Account, AccountStore } from '#domain/accounts';
import { type Alarm, AlarmStore } from '#domain/alarms';
import { BindingStore } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DeviceStore } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { ContactStore } from '#domain/notices';
import { mayDo, Rights, standingOf } from '#domain/sharing';
import { alarmView } from './alarm-view.js';
import { deviceDetailView, deviceName, deviceView, holdingOf } from './device-view.js';
import { FileRoom } from './file-room.js';
import type { DeviceFile } from './intake.store.js';
import { Listening } from './listening.js';

type Person = Pick<Account, 'id' | 'role'>;

/** Of who is told that an alarm ended because they lost the device. */
const outside: Standing = { as: 'member', may: [] };

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
    private readonly contacts: ContactStore,
    private readonly rights: Rights,
    private readonly listening: Listening,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found` for whom it is none of their business. */
  device(file: DeviceFile, by: Person): DeviceView {
    return deviceView(file, this.standing(file, by), this.listening.since, this.clock.now());
  }

  /** As `device`, with the whole of its product. */
  detail(file: DeviceFile, by: Person): DeviceDetailView {
    return deviceDetailView(file, this.standing(file, by), this.listening.since, this.clock.now());
  }

  private standing(file: DeviceFile, by: Person): Standing {
    const standing = standingOf(holdingOf(file), by, this.clock.now());
    if (standing === null) throw new DomainError('not-found');
    return standing;
  }

  /** A person's own devices and those that they may look at; the first thousand of all for an operator who asks for them. */
  async devicesOf(by: Account, all: boolean): Promise<DeviceView[]> {
    const isFleet = all && by.role === 'operator';
    const files = isFleet
      ? await this.files.openAll((await this.devices.page(null, mostDevices)).map(({ id }) => id))
      : [...(await this.own(by)), ...(await this.sharedWith(by, 'look'))];
    return files.map(file => this.device(file, by));
  }

  private async own(by: Account): Promise<DeviceFile[]> {
    return this.files.openAll((await this.bindings.ofOwner(by.id)).map(({ deviceId }) => deviceId));
  }

  /** Of those whom somebody else owns, where this person has the right as a member. */
  private async sharedWith(by: Account, right: Right): Promise<DeviceFile[]> {
    const files = await this.files.openAll(await this.rights.devicesSharedWith(by.id));
    const asMember = { id: by.id, role: 'resident' } as const;
    return files
      .filter(({ binding }) => binding.ownerId !== by.id)
      .filter(file => mayDo(holdingOf(file), asMember, right, this.clock.now()));
  }

  async alarm(alarm: Alarm, file: DeviceFile, by: Person): Promise<AlarmView> {
    const names = await this.names([alarm]);
    return this.alarmIn(file, alarm, by, names);
  }

  /** Of a person's own devices and of those whose alarms they are told; of all for an operator. Open ones first. */
  async alarmsOf(by: Account): Promise<AlarmView[]> {
    const alarms =
      by.role === 'operator'
        ? await this.alarms.latest(mostAlarms)
        : await this.alarms.ofPerson(by.id, await this.alarmedBy(by), mostAlarms);
    const names = await this.names(alarms);
    const files = await this.files.openAll([...new Set(alarms.map(({ deviceId }) => deviceId))]);
    const byDevice = new Map(files.map(file => [file.device.id, file]));
    return alarms.flatMap(alarm => {
      const file = byDevice.get(alarm.deviceId);
      return file === undefined ? [] : [this.alarmIn(file, alarm, by, names)];
    });
  }

  private alarmIn(file: DeviceFile, alarm: Alarm, by: Person, names: ReadonlyMap<string, string>): AlarmView {
    const standing = standingOf(holdingOf(file), by, this.clock.now()) ?? outside;
    return alarmView(alarm, deviceName(file), standing, id => names.get(id) ?? '');
  }

  private async alarmedBy(by: Account): Promise<string[]> {
    return (await this.sharedWith(by, 'alarms')).map(({ device }) => device.id);
  }

  private async names(alarms: readonly Alarm[]): Promise<Map<string, string>> {
    const ids = new Set(alarms.flatMap(({ timeline }) => timeline.flatMap(({ by }) => by ?? [])));
    const people = await Promise.all([...ids].map(id => this.personOf(id)));
    return new Map(people.flatMap(person => (person === null ? [] : [[person.id, person.name]])));
  }

  /** A contact of the home may have acknowledged. */
  private async personOf(id: string): Promise<{ readonly id: string; readonly name: string } | null> {
    return (await this.accounts.byId(id)) ?? (await this.contacts.byId(id));
  }
}
