// An alarm acknowledged from a message: by whoever is told of it, with an account or as a contact of the home.
import { Injectable } from '@nestjs/common';
import { type Alarm, AlarmStore } from '#domain/alarms';
import { DomainError } from '#domain/errors';
import { AlarmDeeds, type EndpointPerson } from '#domain/notices';
import { Intake } from './intake.js';
import type { DeviceFile } from './intake.store.js';

@Injectable()
export class AlarmLink extends AlarmDeeds {
  constructor(
    private readonly alarms: AlarmStore,
    private readonly intake: Intake,
  ) {
    super();
  }

  async toldOf(by: EndpointPerson, alarmId: string): Promise<Alarm | null> {
    const alarm = await this.alarms.byId(alarmId);
    const file = alarm && (await this.intake.file(alarm.deviceId));
    return file && alarm.epoch === file.binding.epoch && isTold(file, by) ? alarm : null;
  }

  async acknowledge(alarmId: string, by: EndpointPerson): Promise<void> {
    const alarm = await this.toldOf(by, alarmId);
    if (alarm === null) throw new DomainError('not-found');
    const { id, name } = by.contact?.contact ?? by.account;
    await this.intake.acknowledgeAs(alarm, { id, name });
  }
}

function isTold({ recipients, contacts }: DeviceFile, { account, contact }: EndpointPerson): boolean {
  return contact === null
    ? recipients.some(({ accountId }) => accountId === account.id)
    : contacts.some(({ contactId }) => contactId === contact.contact.id);
}
