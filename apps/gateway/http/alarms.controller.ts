// Alarms, and what a person does about them.
import { Controller, Param } from '@nestjs/common';
import type { Account } from '#domain/accounts';
import { AlarmStore } from '#domain/alarms';
import { DomainError } from '#domain/errors';
import { Intake, RuleTrials, Views } from '#domain/intake';
import { Inbox } from '#domain/notices';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';

@Controller()
export class AlarmsController {
  constructor(
    private readonly alarms: AlarmStore,
    private readonly intake: Intake,
    private readonly views: Views,
    private readonly inbox: Inbox,
    private readonly trials: RuleTrials,
  ) {}

  @Call('alarms')
  list(@By() by: Account) {
    return this.views.alarmsOf(by);
  }

  @Call('alarm')
  async show(@Param('alarmId') alarmId: string, @By() by: Account) {
    const alarm = await this.alarms.byId(alarmId);
    const file = alarm && (await this.intake.file(alarm.deviceId));
    if (!file) throw new DomainError('not-found');
    return this.views.alarm(alarm, file, by);
  }

  @Call('acknowledge')
  acknowledge(@Param('alarmId') alarmId: string, @By() by: Account) {
    return this.intake.acknowledge(alarmId, by);
  }

  @Call('reset')
  reset(@Param('alarmId') alarmId: string, @By() by: Account) {
    return this.intake.reset(alarmId, by);
  }

  @Call('shelve')
  shelve(@Param('alarmId') alarmId: string, @Input() shelf: InputOf<'shelve'>, @By() by: Account) {
    return this.intake.shelve(alarmId, shelf, by);
  }

  @Call('comment')
  comment(@Param('alarmId') alarmId: string, @Input() { text }: InputOf<'comment'>, @By() by: Account) {
    return this.intake.comment(alarmId, text, by);
  }

  @Call('tryRule')
  tryRule(@Param('deviceId') deviceId: string, @Input() { rule }: InputOf<'tryRule'>) {
    return this.trials.run(deviceId, rule);
  }

  @Call('receipts')
  receipts(@Param('alarmId') alarmId: string, @By() by: Account) {
    return this.inbox.receipts(by, alarmId);
  }
}
