// What every RoomStore promises, and what the intake's files say of it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Home, Room } from '#domain/homes';
import type { Stores } from '../index.js';
import { batchOf, bind, homeOf, oneDevice, someone } from './samples.contract.js';

export function roomStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`RoomStore on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    const roomOf = ({ id }: Home, place: number): Room => ({
      id: newId(),
      homeId: id,
      name: `room ${place}`,
      place,
    });

    const hang = (deviceId: string, roomId: string | null) =>
      stores.intake.commit(batchOf({ placed: [{ deviceId, roomId }] }));

    const hangsIn = async (deviceId: string) => (await stores.intake.load([deviceId]))[0]?.roomId;

    it('adds a home to an account that has one', async () => {
      const { account, home } = await someone(stores);
      const second = { ...homeOf(account), createdAt: home.createdAt + 1 };
      await stores.rooms.addHome(second);
      expect(await stores.homes.ofAccount(account.id)).toEqual([home, second]);
    });

    it('keeps the rooms of a home in their order, new ones, renamed ones and none', async () => {
      const { home } = await someone(stores);
      const { home: other } = await someone(stores);
      const [first, second, third] = [roomOf(home, 0), roomOf(home, 1), roomOf(home, 2)];
      const elsewhere = roomOf(other, 0);
      await stores.rooms.put(other.id, [elsewhere]);
      await stores.rooms.put(home.id, [first, second]);
      expect(await stores.rooms.ofHome(home.id)).toEqual([first, second]);
      const renamed = { ...second, name: 'Bath', place: 0 };
      await stores.rooms.put(home.id, [renamed, third]);
      expect(await stores.rooms.ofHome(home.id)).toEqual([renamed, third]);
      await stores.rooms.put(home.id, []);
      expect(await stores.rooms.ofHome(home.id)).toEqual([]);
      expect(await stores.rooms.ofHome(other.id)).toEqual([elsewhere]);
    });

    it('hangs a device in one room, another, and none, as long as it stands in that home', async () => {
      const { account, home } = await someone(stores);
      const { id } = await oneDevice(stores);
      await bind(stores, id, account, home);
      const [kitchen, bath] = [roomOf(home, 0), roomOf(home, 1)];
      await stores.rooms.put(home.id, [kitchen, bath]);
      expect(await hangsIn(id)).toBeNull();
      for (const room of [kitchen.id, bath.id, null, kitchen.id]) {
        await hang(id, room);
        expect(await hangsIn(id)).toBe(room);
      }
      await stores.rooms.put(home.id, [bath]);
      expect(await hangsIn(id)).toBeNull();
      // One that was removed meanwhile, and one of another home.
      const { home: other } = await someone(stores);
      const elsewhereAlready = roomOf(other, 0);
      await stores.rooms.put(other.id, [elsewhereAlready]);
      for (const room of [kitchen.id, elsewhereAlready.id]) {
        await hang(id, bath.id);
        expect(await hang(id, room)).toMatchObject({ ok: true });
        expect(await hangsIn(id)).toBeNull();
      }
      await hang(id, bath.id);
      const { account: next, home: elsewhere } = await someone(stores);
      await bind(stores, id, next, elsewhere);
      expect(await hangsIn(id)).toBeNull();
    });
  });
}
