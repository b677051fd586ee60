// What may be there so many times is there no more often, when fifty come at once.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { RoomForMore } from '#domain/sharing';
import type { Stores } from '../index.js';
import {
  contactOf,
  endpointOf,
  grantOn,
  homeOf,
  invitationTo,
  noon,
  oneDevice,
  someone,
} from './samples.contract.js';

const crowd = 50;
const most = 7;
const room: RoomForMore = { now: noon, people: most, invitations: most };

export function limitsContract(name: string, open: () => Promise<Stores>): void {
  describe(`A limit on ${name}, when fifty come at once,`, () => {
    let stores: Stores;
    beforeEach(async () => {
      stores = await open();
    });
    afterEach(() => stores.close());

    const atOnce = async (come: (place: number) => Promise<boolean>) => {
      const entered = await Promise.all(Array.from({ length: crowd }, (_, place) => come(place)));
      return entered.filter(Boolean).length;
    };

    it('of the ways to one person is kept, and another person’s is their own', async () => {
      const [{ account: mei }, { account: bo }] = [await someone(stores), await someone(stores)];
      expect(await atOnce(() => stores.endpoints.insert(endpointOf(mei.id), most))).toBe(most);
      expect(await stores.endpoints.ofAccount(mei.id)).toHaveLength(most);
      expect(await stores.endpoints.insert(endpointOf(bo.id), most)).toBe(true);
    });

    it('of the contacts of a home is kept, and none leaves an endpoint behind', async () => {
      const { home } = await someone(stores);
      const come = () => {
        const contact = contactOf(home.id);
        return stores.contacts.insert(contact, endpointOf(null, { contactId: contact.id }), most);
      };
      expect(await atOnce(come)).toBe(most);
      expect(await stores.contacts.ofHome(home.id)).toHaveLength(most);
      expect(await stores.endpoints.ofHome(home.id)).toHaveLength(most);
    });

    it('of the homes of an account is kept', async () => {
      const { stored } = await someone(stores);
      expect(await atOnce(() => stores.rooms.addHome(homeOf(stored), most))).toBe(most - 1);
      expect(await stores.homes.ofAccount(stored.id)).toHaveLength(most);
    });

    it('of the rooms of a home is that of the last list, and not of all of them together', async () => {
      const { home } = await someone(stores);
      const list = () =>
        Array.from({ length: most }, (_, place) => ({ id: newId(), homeId: home.id, name: 'Room', place }));
      await Promise.all(Array.from({ length: crowd }, () => stores.rooms.put(home.id, list())));
      expect(await stores.rooms.ofHome(home.id)).toHaveLength(most);
    });

    it('of the people of a device is kept by invitations and by who is let in together', async () => {
      const { device, asked, people } = await asking();
      const entered = await atOnce(place => {
        const grant = grantOn(device, people[place] ?? '');
        return place % 2 === 0
          ? stores.sharing.invite(invitationTo(grant, { expiresAt: noon + 1 }), room)
          : stores.sharing.letIn(asked[place] ?? '', grant, [], room);
      });
      expect(entered).toBe(most);
      const subject = { kind: 'device', id: device } as const;
      const [grants, invitations] = [
        await stores.sharing.onSubjects([device]),
        await stores.sharing.invitationsOn(subject),
      ];
      expect(grants.length + invitations.length).toBe(most);
    });

    it('of the people of a device counts who is just accepting', async () => {
      const { device, people } = await asking();
      const waiting = people.slice(0, most).map(person => grantOn(device, person));
      const offers = waiting.map(grant => invitationTo(grant, { expiresAt: noon + 1 }));
      for (const offer of offers) await stores.sharing.invite(offer, room);
      const entered = await atOnce(place => {
        const [grant, offer] = [waiting[place], offers[place]];
        if (grant && offer) return stores.sharing.accept(offer.id, grant, []);
        return stores.sharing.invite(invitationTo(grantOn(device, people[place] ?? '')), room);
      });
      expect(entered).toBe(most);
      expect(await stores.sharing.onSubjects([device])).toHaveLength(most);
    });

    it('of invitations alone is kept, and what is over counts no more', async () => {
      const { device, people } = await asking();
      const few = { ...room, people: crowd, invitations: most };
      const invite = (expiresAt: number) => (place: number) =>
        stores.sharing.invite(invitationTo(grantOn(device, people[place] ?? ''), { expiresAt }), few);
      expect(await atOnce(invite(noon))).toBe(crowd);
      expect(await atOnce(invite(noon + 1))).toBe(most);
    });

    it('of the requests for a device is kept', async () => {
      const { device, people } = await asking();
      const request = (place: number) => ({
        ...{ id: newId(), deviceId: device, epoch: 2, accountId: people[place] ?? '', at: noon },
      });
      expect(await atOnce(place => stores.sharing.ask(request(place), most))).toBe(most);
    });

    /** A device, and fifty people who have asked to be let in, in epoch 1. */
    async function asking() {
      const { id: device } = await oneDevice(stores);
      const found = await Promise.all(Array.from({ length: crowd }, () => someone(stores)));
      const people = found.map(({ account }) => account.id);
      const asked = people.map(() => newId());
      for (const [place, id] of asked.entries())
        await stores.sharing.ask({
          id,
          deviceId: device,
          epoch: 1,
          accountId: people[place] ?? '',
          at: noon,
        });
      return { device, asked, people };
    }
  });
}
