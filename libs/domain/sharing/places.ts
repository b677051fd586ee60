// Places: the homes of a person, the rooms in them, and where a device stands.
import { Injectable } from '@nestjs/common';
import { mostHomes } from '#codecs/api';
import { type Account, type Actor, deedOf, newId } from '#domain/accounts';
import { BindingLine, BindingStore } from '#domain/binding';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { type Home, HomeStore, type Room, RoomStore } from '#domain/homes';
import { RightsChanges } from './rights-changes.js';
import { SharingStore } from './sharing.store.js';

@Injectable()
export class Places {
  constructor(
    private readonly homes: HomeStore,
    private readonly rooms: RoomStore,
    private readonly bindings: BindingStore,
    private readonly line: BindingLine,
    private readonly sharing: SharingStore,
    private readonly changes: RightsChanges,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid-request` when they have as many as may be. */
  async makeHome(by: Account, { name, timeZone }: Pick<Home, 'name' | 'timeZone'>): Promise<Home> {
    const createdAt = this.clock.now();
    const home: Home = {
      ...{ id: newId(), ownerId: by.id, name, timeZone, createdAt },
      ...{ mode: 'home', modeSince: createdAt },
    };
    if (!(await this.rooms.addHome(home, mostHomes)))
      throw new DomainError('invalid-request', { detail: `An account has at most ${mostHomes} homes.` });
    return home;
  }

  /**
   * With all that is in it but the devices, which move into another home of the owner's first.
   * @param moveTo where they go; null: none stands in it
   * @throws DomainError `not-found`, `last-home`; `home-occupied` when devices stand in it and no home is given
   */
  async removeHome(home: Home, by: Actor, moveTo: string | null): Promise<void> {
    const members = await this.sharing.onSubjects([home.id]);
    for (;;) {
      if (moveTo !== null) await this.empty(home, by, moveTo);
      const removal = await this.homes.remove(home);
      if (removal === 'last') throw new DomainError('last-home');
      if (removal === 'removed') break;
      if (moveTo === null) throw new DomainError('home-occupied');
    }
    await this.changes.changed([], [home.ownerId, ...members.map(({ accountId }) => accountId)]);
  }

  private async empty(home: Home, by: Actor, moveTo: string): Promise<void> {
    if (moveTo === home.id) throw new DomainError('not-found');
    for (const { deviceId } of await this.bindings.inHome(home.id))
      await this.put(deviceId, by, moveTo, null);
  }

  roomsOf(homeId: string): Promise<Room[]> {
    return this.rooms.ofHome(homeId);
  }

  /** These rooms in this order; one without an id is new. @throws DomainError `not-found` for a room of another home. */
  async putRooms(home: Home, drafts: readonly { id?: string; name: string }[]): Promise<Room[]> {
    const known = new Set((await this.rooms.ofHome(home.id)).map(({ id }) => id));
    if (drafts.some(({ id }) => id !== undefined && !known.has(id))) throw new DomainError('not-found');
    const rooms = drafts.map(({ id = newId(), name }, place) => ({ id, homeId: home.id, name, place }));
    await this.rooms.put(home.id, rooms);
    const inside = await this.bindings.inHome(home.id);
    await this.tell(
      inside.map(({ deviceId }) => deviceId),
      [home],
    );
    return rooms;
  }

  /**
   * Into a home of the owner's, and a room in it; whoever has a right on one of the two homes gains or loses the device.
   * @throws DomainError `not-found` for a home that is not theirs, and a room that is not in it
   */
  async put(deviceId: string, by: Actor, homeId: string, roomId: string | null): Promise<void> {
    const [home, rooms] = await Promise.all([this.homes.byId(homeId), this.rooms.ofHome(homeId)]);
    const isThere = roomId === null || rooms.some(({ id }) => id === roomId);
    if (home?.ownerId !== by.id || !isThere) throw new DomainError('not-found');
    const before = await this.bindings.byDevice(deviceId);
    await this.line.decide(deviceId, { kind: 'move', at: this.clock.now(), ...deedOf(by), homeId, roomId });
    const left = before?.homeId ? await this.homes.byId(before.homeId) : null;
    await this.tell([deviceId], left === null ? [home] : [left, home]);
  }

  private async tell(deviceIds: readonly string[], homes: readonly Home[]): Promise<void> {
    const grants = await this.sharing.onSubjects([...deviceIds, ...homes.map(({ id }) => id)]);
    const people = [...homes.map(({ ownerId }) => ownerId), ...grants.map(({ accountId }) => accountId)];
    await this.changes.changed(deviceIds, [...new Set(people)]);
  }
}
