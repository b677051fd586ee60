// What every HomeStore promises when a home is removed.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Account, newId } from '#domain/accounts';
import type { Home } from '#domain/homes';
import type { Stores } from '../index.js';
import {
  batchOf,
  bind,
  contactOf,
  deliveryOf,
  endpointOf,
  granted,
  grantOn,
  homeOf,
  invitationTo,
  noon,
  noticeOf,
  oneDevice,
  someone,
} from './samples.contract.js';

export function homeRemovalContract(name: string, open: () => Promise<Stores>): void {
  describe(`HomeStore on ${name}, of a home that is removed,`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('takes its rooms, contacts, plan, members and invitations, and nothing of another one', async () => {
      const [{ account, home }, { account: mei }] = [await someone(stores), await someone(stores)];
      const kept = await another(account, home);
      const alarms = [await furnish(home, account, mei), await furnish(kept, account, mei)];
      expect(await stores.homes.remove(home)).toBe('removed');
      expect(await whatIsOf(home, alarms[0])).toEqual([null, [], [], [], null, [], [], [], 'cancelled']);
      const stays = await whatIsOf(kept, alarms[1]);
      expect(stays).not.toContain(null);
      expect(stays).not.toContainEqual([]);
      expect(stays.at(-1)).toBe('due');
      expect((await stores.sharing.ofAccount(mei.id)).map(({ subjectId }) => subjectId)).toEqual([kept.id]);
    });

    it('keeps the only one, and one in which devices stand', async () => {
      const { account, home } = await someone(stores);
      expect(await stores.homes.remove(home)).toBe('last');
      const second = await another(account, home);
      await bind(stores, (await oneDevice(stores)).id, account, second);
      expect(await stores.homes.remove(second)).toBe('occupied');
      expect(await stores.homes.ofAccount(account.id)).toEqual([home, second]);
      expect(await stores.homes.remove(home)).toBe('removed');
      expect(await stores.homes.remove(second)).toBe('last');
    });

    it('keeps one of two that are removed at the same time', async () => {
      const { account, home } = await someone(stores);
      const homes = [home, await another(account, home)];
      const removals = await Promise.all(homes.map(each => stores.homes.remove(each)));
      expect(removals.sort()).toEqual(['last', 'removed']);
      expect(await stores.homes.ofAccount(account.id)).toHaveLength(1);
    });

    it('removes it or has a device come into it, and never both', async () => {
      const { account, home } = await someone(stores);
      for (let round = 0; round < 5; round++) {
        const second = await another(account, home);
        const { id } = await oneDevice(stores);
        const [removal, arrival] = await Promise.all([
          stores.homes.remove(second),
          bind(stores, id, account, second).then(
            () => 'came',
            ({ code }) => code,
          ),
        ]);
        expect(['removed not-found', 'occupied came']).toContain(`${removal} ${arrival}`);
      }
    });

    async function another(owner: Account, { createdAt }: Home): Promise<Home> {
      const second = { ...homeOf(owner), createdAt: createdAt + 1 };
      await stores.rooms.addHome(second);
      return second;
    }

    /** One of everything. @returns the alarm that its contact is about to be told of */
    async function furnish(home: Home, owner: Account, member: Account): Promise<string> {
      const contact = contactOf(home.id);
      const endpoint = endpointOf(null, { contactId: contact.id });
      await stores.contacts.insert(contact, endpoint);
      await stores.rooms.put(home.id, [{ id: newId(), homeId: home.id, name: 'Kitchen', place: 0 }]);
      await stores.modePlans.put({ homeId: home.id, switches: [], setAt: noon, setBy: owner.id });
      const grant = await granted(stores, grantOn(home.id, member.id, { subjectKind: 'home', epoch: 0 }));
      await stores.sharing.invite(invitationTo(grant));
      const mode = { homeId: home.id, mode: 'away', former: 'home', since: noon + 9, by: owner.id } as const;
      const notice = noticeOf(owner.id, { subjectId: newId() });
      const deliveries = [deliveryOf(notice, endpoint)];
      await stores.intake.commit(batchOf({ modes: [mode], notices: [notice], deliveries }));
      return notice.subjectId;
    }

    async function whatIsOf({ id, ownerId }: Home, alarmId = ''): Promise<unknown[]> {
      return [
        await stores.homes.byId(id),
        await stores.rooms.ofHome(id),
        await stores.contacts.ofHome(id),
        await stores.endpoints.ofHome(id),
        await stores.modePlans.ofHome(id),
        await stores.modePlans.changes(id, 0, 9),
        await stores.sharing.onSubjects([id]),
        await stores.sharing.invitationsOn({ kind: 'home', id }),
        (await stores.outbox.ofAlarm(ownerId, alarmId))[0]?.state,
      ];
    }
  });
}
