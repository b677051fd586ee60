// The doorkeeper: a right that the endpoints table asks for, held against what the path names and who calls.
import { Injectable } from '@nestjs/common';
import type { Needs } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { AlarmStore } from '#domain/alarms';
import type { Binding } from '#domain/binding';
import { DomainError } from '#domain/errors';
import { Rights } from '#domain/sharing';

/** Of the path, as the router reads them. */
export type Params = Readonly<Record<string, string | undefined>>;

@Injectable()
export class Doorkeeper {
  constructor(
    private readonly rights: Rights,
    private readonly alarms: AlarmStore,
  ) {}

  /**
   * @returns the binding of the device that the call is about; null for a home.
   * @throws DomainError `not-found`: forbidden and unknown look alike.
   */
  async require(needs: Needs, { deviceId = '', homeId = '', alarmId = '' }: Params, by: Account) {
    if ('device' in needs) return this.rights.onDevice(needs.device, deviceId, by);
    if ('alarm' in needs) return this.onAlarm(needs, alarmId, by);
    await this.rights.onHome(needs.home, homeId, by);
    return null;
  }

  /** What was raised in the time of another owner is not this one's to see. */
  private async onAlarm(
    { alarm: right }: Extract<Needs, { alarm: unknown }>,
    alarmId: string,
    by: Account,
  ): Promise<Binding> {
    const alarm = await this.alarms.byId(alarmId);
    if (alarm === null) throw new DomainError('not-found');
    const binding = await this.rights.onDevice(right, alarm.deviceId, by);
    if (alarm.epoch !== binding.epoch && by.role !== 'operator') throw new DomainError('not-found');
    return binding;
  }
}
