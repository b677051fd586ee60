// The desk that every door asks: may this person do that on this device, or in this home?
import { Injectable } from '@nestjs/common';
import type { Right, Standing } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { type Binding, BindingStore } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { type Home, HomeStore } from '#domain/homes';
import { SharingStore } from './sharing.store.js';
import { type Holding, mayDo, membersOf, standingOf } from './standing.js';

type Person = Pick<Account, 'id' | 'role'>;

@Injectable()
export class Rights {
  constructor(
    private readonly sharing: SharingStore,
    private readonly bindings: BindingStore,
    private readonly homes: HomeStore,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found`, the same for a device that is not theirs as for none. */
  async onDevice(right: Right, deviceId: string, by: Person): Promise<Binding> {
    const binding = await this.bindings.byDevice(deviceId);
    if (binding === null) throw new DomainError('not-found');
    this.require(right, await this.holdingOf(binding), by);
    return binding;
  }

  /** As `onDevice`, for a home. */
  async onHome(right: Right, homeId: string, by: Person): Promise<Home> {
    const home = await this.homes.byId(homeId);
    if (home === null) throw new DomainError('not-found');
    this.require(right, await this.holdingOfHome(home), by);
    return home;
  }

  /** Null: the device is none of their business. */
  async standingOn(binding: Binding, by: Person): Promise<Standing | null> {
    return standingOf(await this.holdingOf(binding), by, this.clock.now());
  }

  /** Own homes and those that somebody shares with them, each with how they stand to it; oldest of their own first. */
  async homesOf(by: Person): Promise<{ home: Home; standing: Standing }[]> {
    const granted = (await this.sharing.ofAccount(by.id)).filter(grant => grant.subjectKind === 'home');
    const [own, shared] = await Promise.all([
      this.homes.ofAccount(by.id),
      Promise.all([...new Set(granted.map(grant => grant.subjectId))].map(id => this.homes.byId(id))),
    ]);
    const sorted = own.sort((a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id));
    const homes = [...sorted, ...shared.filter(home => home !== null)];
    const standings = await Promise.all(homes.map(home => this.standingIn(home, by)));
    return homes.flatMap((home, place) => {
      const standing = standings[place];
      return standing ? [{ home, standing }] : [];
    });
  }

  async standingIn(home: Home, by: Person): Promise<Standing | null> {
    return standingOf(await this.holdingOfHome(home), by, this.clock.now());
  }

  /** Devices that may be shared with this person: what they may there, each device's members say. */
  async devicesSharedWith(accountId: string): Promise<string[]> {
    const grants = await this.sharing.ofAccount(accountId);
    const ofHomes = await Promise.all(
      grants
        .filter(grant => grant.subjectKind === 'home')
        .map(grant => this.bindings.inHome(grant.subjectId)),
    );
    const devices = grants.filter(grant => grant.subjectKind === 'device').map(grant => grant.subjectId);
    return [...new Set([...devices, ...ofHomes.flat().map(({ deviceId }) => deviceId)])];
  }

  private require(right: Right, holding: Holding, by: Person): void {
    if (!mayDo(holding, by, right, this.clock.now())) throw new DomainError('not-found');
  }

  private async holdingOf(binding: Binding): Promise<Holding> {
    const { deviceId, homeId, ownerId } = binding;
    const grants = await this.sharing.onSubjects(homeId === null ? [deviceId] : [deviceId, homeId]);
    return { ownerId, members: membersOf(binding, grants) };
  }

  private async holdingOfHome({ id, ownerId }: Home): Promise<Holding> {
    const grants = await this.sharing.onSubjects([id]);
    return { ownerId, members: grants.filter(({ subjectKind }) => subjectKind === 'home') };
  }
}
