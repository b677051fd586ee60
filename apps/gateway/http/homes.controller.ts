// Homes of a person and those shared with them: their names, time zones and modes.
import { Controller, Param } from '@nestjs/common';
import { type HomeRemoval, type HomeView, homeRemovalSchema, type Standing } from '#codecs/api';
import type { Account, Actor } from '#domain/accounts';
import { DomainError } from '#domain/errors';
import { type Home, Households } from '#domain/homes';
import { HomeModes, Intake } from '#domain/intake';
import { Places, Rights } from '#domain/sharing';
import { Call } from './call.js';
import { By, Input, type InputOf, QueryOf } from './inputs.js';
import { machineTimeZone } from './machine-time-zone.js';

@Controller()
export class HomesController {
  constructor(
    private readonly households: Households,
    private readonly intake: Intake,
    private readonly modes: HomeModes,
    private readonly rights: Rights,
    private readonly places: Places,
  ) {}

  @Call('homes')
  async list(@By() by: Account) {
    const homes = await this.rights.homesOf(by);
    return Promise.all(homes.map(({ home, standing }) => this.shown(home, standing)));
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
    const renamed = await this.households.rename(homeId, names);
    if (names.timeZone !== undefined) await this.modes.moved(homeId);
    return this.view(mode === undefined ? renamed : await this.intake.changeMode(homeId, mode, by), by);
  }

  @Call('makeHome')
  async make(@Input() { name, timeZone = machineTimeZone() }: InputOf<'makeHome'>, @By() by: Account) {
    return this.view(await this.places.makeHome(by, { name, timeZone }), by);
  }

  @Call('removeHome')
  async remove(
    @Param('homeId') homeId: string,
    @QueryOf(homeRemovalSchema) { moveTo }: HomeRemoval,
    @By() by: Actor,
  ) {
    await this.places.removeHome(await this.rights.onHome('own', homeId, by), by, moveTo ?? null);
    return { done: true } as const;
  }

  @Call('putRooms')
  async putRooms(
    @Param('homeId') homeId: string,
    @Input() { rooms }: InputOf<'putRooms'>,
    @By() by: Account,
  ) {
    const home = await this.rights.onHome('own', homeId, by);
    await this.places.putRooms(home, rooms);
    return this.view(home, by);
  }

  @Call('changeMode')
  async changeMode(
    @Param('homeId') homeId: string,
    @Input() { mode }: InputOf<'changeMode'>,
    @By() by: Account,
  ) {
    return this.view(await this.intake.changeMode(homeId, mode, by), by);
  }

  private async view(home: Home, by: Account): Promise<HomeView> {
    const standing = await this.rights.standingIn(home, by);
    if (standing === null) throw new DomainError('not-found');
    return this.shown(home, standing);
  }

  private async shown({ id, name, timeZone, mode, modeSince }: Home, standing: Standing): Promise<HomeView> {
    const rooms = await this.places.roomsOf(id);
    return { id, name, timeZone, mode, modeSince, rooms: [...rooms], standing };
  }
}
