// A person's homes: their names, time zones and modes.
import { Controller, Param } from '@nestjs/common';
import type { HomeView } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { type Home, Households } from '#domain/homes';
import { Intake } from '#domain/intake';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';

@Controller()
export class HomesController {
  constructor(
    private readonly households: Households,
    private readonly intake: Intake,
  ) {}

  @Call('homes')
  async list(@By() by: Account) {
    return (await this.households.list(by)).map(homeView);
  }

  @Call('changeHome')
  async change(
    @Param('homeId') homeId: string,
    @Input() { mode, ...names }: InputOf<'changeHome'>,
    @By() by: Account,
  ) {
    const renamed = await this.households.rename(homeId, by, names);
    return homeView(mode === undefined ? renamed : await this.intake.changeMode(homeId, mode, by));
  }
}

function homeView({ id, name, timeZone, mode, modeSince }: Home): HomeView {
  return { id, name, timeZone, mode, modeSince };
}
