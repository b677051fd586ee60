// A person's homes: their names, time zones and modes.
import { Controller, Param } from '@nestjs/common';
import type { HomeView } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { type Home, Households } from '#domain/homes';
import { HomeModes, Intake } from '#domain/intake';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';

@Controller()
export class HomesController {
  constructor(
    private readonly households: Households,
    private readonly intake: Intake,
    private readonly modes: HomeModes,
  ) {}

  @Call('homes')
  async list(@By() by: Account) {
    return (await this.households.list(by)).map(homeView);
  }

  @Call('modePlan')
  async plan(@Param('homeId') homeId: string, @By() by: Account) {
    return this.modes.view(await this.households.requireOwn(homeId, by));
  }

  @Call('putModePlan')
  async putPlan(
    @Param('homeId') homeId: string,
    @Input() { switches }: InputOf<'putModePlan'>,
    @By() by: Account,
  ) {
    const home = await this.households.requireOwn(homeId, by);
    await this.modes.put(home, switches, by);
    return this.modes.view(home);
  }

  @Call('changeHome')
  async change(
    @Param('homeId') homeId: string,
    @Input() { mode, ...names }: InputOf<'changeHome'>,
    @By() by: Account,
  ) {
    const renamed = await this.households.rename(homeId, by, names);
    if (names.timeZone !== undefined) await this.modes.moved(homeId);
    return homeView(mode === undefined ? renamed : await this.intake.changeMode(homeId, mode, by));
  }
}

function homeView({ id, name, timeZone, mode, modeSince }: Home): HomeView {
  return { id, name, timeZone, mode, modeSince };
}
