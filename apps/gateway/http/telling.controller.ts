// How a person is told, what they have seen, and what could not be delivered.
import { Controller, Param } from '@nestjs/common';
import type { Account } from '#domain/accounts';
import { DeadNotices, Telling } from '#domain/notices';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';

@Controller()
export class TellingController {
  constructor(
    private readonly telling: Telling,
    private readonly dead: DeadNotices,
  ) {}

  @Call('preferences')
  preferences(@By() by: Account) {
    return this.telling.preferences(by);
  }

  @Call('changePreferences')
  change(@Input() preferences: InputOf<'changePreferences'>, @By() by: Account) {
    return this.telling.change(by, preferences);
  }

  @Call('seeAlarm')
  async see(@Param('alarmId') alarmId: string, @By() by: Account) {
    await this.telling.see(by, alarmId);
    return { done: true } as const;
  }

  @Call('deadNotices')
  list() {
    return this.dead.list();
  }

  @Call('replayNotices')
  async replay(@Input() { ids }: InputOf<'replayNotices'>) {
    return { replayed: await this.dead.replay(ids) };
  }
}
