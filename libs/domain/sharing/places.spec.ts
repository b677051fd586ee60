// Homes, rooms and moving: a person's devices where they say, and the rights of a home's members with them.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { mostHomes } from '#codecs/api';
import type { Home } from '#domain/homes';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { SharingRoom } from './sharing-room.fixture.js';

let stores: Stores;
let room: SharingRoom;
let deviceId: string;
let cottage: Home;

beforeAll(async () => {
  stores = await openTemporarySqlite();
});
afterAll(() => stores.close());

beforeEach(async () => {
  room = await SharingRoom.open(stores);
  deviceId = (await room.device()).id;
  cottage = await room.places.makeHome(room.owner, { name: 'Cottage', timeZone: 'Europe/Berlin' });
});

const fileOf = async () => (await stores.intake.load([deviceId]))[0];

describe('homes', () => {
  it('are several a person, up to so many', async () => {
    const homes = await room.rights.homesOf(room.owner);
    expect(new Set(homes.map(({ home }) => home))).toEqual(new Set([room.home, cottage]));
    const more = async () => {
      for (let made = 2; made <= mostHomes; made++)
        await room.places.makeHome(room.owner, { name: 'One more', timeZone: 'UTC' });
    };
    await expect(more()).rejects.toMatchObject({ code: 'invalid-request' });
    expect(await stores.homes.ofAccount(room.owner.id)).toHaveLength(mostHomes);
  });
});

describe('a home that is removed', () => {
  it('lets its devices move into another one, and its members lose it at once', async () => {
    const mei = await room.person('Mei');
    await room.letIn({ kind: 'home', id: room.home.id }, mei, ['view']);
    await room.places.removeHome(room.home, room.owner, cottage.id);
    expect(await stores.homes.ofAccount(room.owner.id)).toEqual([cottage]);
    expect((await fileOf())?.home).toEqual(cottage);
    expect(await stores.bindings.ledger(deviceId, 1)).toMatchObject([{ what: 'moved' }]);
    await expect(room.rights.onHome('look', room.home.id, mei)).rejects.toMatchObject({ code: 'not-found' });
    await expect(room.rights.onDevice('look', deviceId, mei)).rejects.toMatchObject({ code: 'not-found' });
    expect(room.told.all.at(-1)?.accountIds).toEqual(expect.arrayContaining([mei.id, room.owner.id]));
  });

  it('stays while devices stand in it and nobody says where they go, or says a place that is not theirs', async () => {
    const bo = await room.person('Bo');
    const [theirs] = await stores.homes.ofAccount(bo.id);
    for (const [moveTo, code] of [
      [null, 'home-occupied'],
      [theirs?.id ?? '', 'not-found'],
      ['no-such-home', 'not-found'],
      [room.home.id, 'not-found'],
    ] as const)
      await expect(room.places.removeHome(room.home, room.owner, moveTo)).rejects.toMatchObject({ code });
    expect((await fileOf())?.home).toEqual(room.home);
  });

  it('is never the only one', async () => {
    await room.places.removeHome(cottage, room.owner, null);
    await expect(room.places.removeHome(room.home, room.owner, null)).rejects.toMatchObject({
      code: 'last-home',
    });
  });
});

describe('rooms', () => {
  it('are put in an order, keep what hangs in them when they are renamed, and let it go when they go', async () => {
    const [kitchen, bath] = await room.places.putRooms(room.home, [{ name: 'Kitchen' }, { name: 'Bath' }]);
    const id = kitchen?.id ?? '';
    await room.places.put(deviceId, room.owner, room.home.id, id);
    await room.places.putRooms(room.home, [
      { id: bath?.id, name: 'Bath' },
      { id, name: 'Cuisine' },
    ]);
    expect((await room.places.roomsOf(room.home.id)).map(({ name }) => name)).toEqual(['Bath', 'Cuisine']);
    expect((await fileOf())?.roomId).toBe(id);
    expect(room.told.all.at(-1)?.deviceIds).toEqual([deviceId]);
    await room.places.putRooms(room.home, []);
    expect((await fileOf())?.roomId).toBeNull();
  });

  it('of another home are none', async () => {
    const [elsewhere] = await room.places.putRooms(cottage, [{ name: 'Attic' }]);
    const drafts = [{ id: elsewhere?.id, name: 'Mine' }];
    await expect(room.places.putRooms(room.home, drafts)).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      room.places.put(deviceId, room.owner, room.home.id, elsewhere?.id ?? ''),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a device', () => {
  it('moves with its rules to the clock and mode of the other home, and its ledger says so', async () => {
    await room.places.put(deviceId, room.owner, cottage.id, null);
    expect((await fileOf())?.home).toEqual(cottage);
    const [row] = await stores.bindings.ledger(deviceId, 1);
    expect(row).toMatchObject({ what: 'moved', accountId: room.owner.id, epoch: 1 });
  });

  it('leaves the members of the one home and comes to those of the other, who are told', async () => {
    const [stays, comes] = [await room.person('Mei'), await room.person('Bo')];
    await room.letIn({ kind: 'home', id: room.home.id }, stays, ['view']);
    await room.letIn({ kind: 'home', id: cottage.id }, comes, ['view']);
    await room.places.put(deviceId, room.owner, cottage.id, null);
    await expect(room.rights.onDevice('look', deviceId, stays)).rejects.toMatchObject({ code: 'not-found' });
    expect(await room.rights.onDevice('look', deviceId, comes)).toMatchObject({ homeId: cottage.id });
    expect(room.told.all.at(-1)).toEqual({
      deviceIds: [deviceId],
      accountIds: expect.arrayContaining([room.owner.id, stays.id, comes.id]),
    });
  });

  it('moves into no home of somebody else, and nobody moves somebody else’s', async () => {
    const bo = await room.person('Bo');
    const [{ id: theirs } = { id: '' }] = await stores.homes.ofAccount(bo.id);
    for (const [by, home] of [
      [room.owner, theirs],
      [room.owner, 'no-such-home'],
      [bo, theirs],
    ] as const)
      await expect(room.places.put(deviceId, by, home, null)).rejects.toMatchObject({ code: 'not-found' });
    expect((await fileOf())?.home).toEqual(room.home);
  });
});
