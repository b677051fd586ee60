// Alarms, and what a person does about them.
import { Controller, Param } from '@nestjs/common';
import type { z } from 'zod';
import { endpoints } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { AlarmStore } from '#domain/alarms';
import { DomainError } from '#domain/errors';
import { DeviceRules, DeviceWhy, Intake, RuleTrials, Views, Why } from '#domain/intake';
import { Inbox } from '#domain/notices';
import { Call } from './call.js';
import { By, Input, type InputOf, QueryOf } from './inputs.js';

@Controller()
export class AlarmsController {
  constructor(
    private readonly alarms: AlarmStore,
    private readonly intake: Intake,
    private readonly views: Views,
    private readonly inbox: Inbox,
    private readonly trials: RuleTrials,
    private readonly reasons: Why,
    private readonly rules: DeviceRules,
    private readonly noAlarm: DeviceWhy,
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

  @Call('why')
  async why(
    @Param('alarmId') alarmId: string,
    @QueryOf(endpoints.why.query) { account }: z.output<typeof endpoints.why.query>,
    @By() by: Account,
  ) {
    const isAnothers = account !== undefined && account !== by.id;
    if (isAnothers && by.role !== 'operator') throw new DomainError('not-found');
    return isAnothers ? this.reasons.forAccount(alarmId, account) : this.reasons.about(alarmId, by);
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

  @Call('deviceWhy')
  deviceWhy(@Param('deviceId') deviceId: string, @By() by: Account) {
    return this.noAlarm.about(deviceId, by);
  }

  @Call('deviceRules')
  rulesOf(@Param('deviceId') deviceId: string) {
    return this.rules.view(deviceId);
  }

  @Call('changeDeviceRule')
  changeRule(
    @Param('deviceId') deviceId: string,
    @Param('ruleId') ruleId: string,
    @Input() { figures }: InputOf<'changeDeviceRule'>,
    @By() by: Account,
  ) {
    return this.rules.change(deviceId, ruleId, figures, by);
  }

  @Call('receipts')
  receipts(@Param('alarmId') alarmId: string, @By() by: Account) {
    return this.inbox.receipts(by, alarmId);
  }
}
