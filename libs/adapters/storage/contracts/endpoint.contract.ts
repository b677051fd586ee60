// What every EndpointStore and ContactStore promises.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Stores } from '../index.js';
import {
  batchOf,
  contactOf,
  deliveryOf,
  endpointOf,
  noon,
  noticeOf,
  settlementOf,
  someone,
} from './samples.contract.js';

const accepted = settlementOf('accepted', '200');

export function endpointStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`EndpointStore and ContactStore on ${name}`, () => {
    let stores: Stores;
    beforeEach(async () => {
      stores = await open();
    });
    afterEach(() => stores.close());

    it('keeps endpoints by person, oldest first', async () => {
      const { account } = await someone(stores);
      const [first, second] = [endpointOf(account.id), endpointOf(account.id, { createdAt: noon + 1 })];
      for (const endpoint of [second, first]) await stores.endpoints.insert(endpoint);
      await stores.endpoints.insert(endpointOf((await someone(stores)).account.id));
      expect(await stores.endpoints.ofAccount(account.id)).toEqual([first, second]);
      expect(await stores.endpoints.byId(first.id)).toEqual(first);
      expect(await stores.endpoints.byId(newId())).toBeNull();
    });

    it('notes that an endpoint is confirmed, proven and quietened, each alone', async () => {
      const { account } = await someone(stores);
      const endpoint = endpointOf(account.id, { confirmedAt: null });
      await stores.endpoints.insert(endpoint);
      await stores.endpoints.change(endpoint.id, { confirmedAt: noon + 1, provenAt: noon + 2 });
      await stores.endpoints.change(endpoint.id, { lifeSafetyOnlySince: noon + 3 });
      await stores.endpoints.change(newId(), { provenAt: noon });
      expect(await stores.endpoints.byId(endpoint.id)).toEqual({
        ...endpoint,
        confirmedAt: noon + 1,
        provenAt: noon + 2,
        lifeSafetyOnlySince: noon + 3,
      });
    });

    it('keeps the contacts of a home with their endpoints, and nobody else’s', async () => {
      const { account, home } = await someone(stores);
      const neighbours = (await someone(stores)).home;
      const [aunt, uncle] = [contactOf(home.id), contactOf(home.id, { createdAt: noon + 1 })];
      const stranger = contactOf(neighbours.id);
      const endpoints = [aunt, uncle, stranger].map((contact, i) =>
        endpointOf(null, { contactId: contact.id, channel: 'mail', createdAt: noon + i }),
      );
      for (const [i, contact] of [aunt, uncle, stranger].entries()) {
        const endpoint = endpoints[i];
        if (endpoint) await stores.contacts.insert(contact, endpoint);
      }
      await stores.endpoints.insert(endpointOf(account.id));
      expect(await stores.contacts.ofHome(home.id)).toEqual([aunt, uncle]);
      expect(await stores.endpoints.ofHome(home.id)).toEqual(endpoints.slice(0, 2));
      expect(await stores.contacts.byId(stranger.id)).toEqual(stranger);
      expect(await stores.contacts.byId(newId())).toBeNull();
    });

    it('inserts no contact without the endpoint', async () => {
      const { home } = await someone(stores);
      const contact = contactOf(home.id);
      const endpoint = endpointOf(null, { contactId: newId() });
      await expect(stores.contacts.insert(contact, endpoint)).rejects.toThrow();
      expect(await stores.contacts.byId(contact.id)).toBeNull();
    });

    it('removes a contact with its endpoints, and cancels what is due there', async () => {
      const { account, home } = await someone(stores);
      const contact = contactOf(home.id);
      const endpoint = endpointOf(null, { contactId: contact.id });
      await stores.contacts.insert(contact, endpoint);
      const notice = noticeOf(account.id);
      await stores.intake.commit(
        batchOf({ notices: [notice], deliveries: [deliveryOf(notice, endpoint, noon)] }),
      );
      expect(await stores.contacts.remove(contact.id)).toBe(true);
      expect(await stores.contacts.remove(contact.id)).toBe(false);
      expect(await stores.endpoints.ofHome(home.id)).toEqual([]);
      expect(await stores.outbox.ofAlarm(account.id, 'alarm')).toMatchObject([{ state: 'cancelled' }]);
    });

    it('tells the last attempt on each endpoint, a failed one that will be repeated too, and the last success', async () => {
      const { account } = await someone(stores);
      const [endpoint, other, unused] = [
        endpointOf(account.id),
        endpointOf(account.id),
        endpointOf(account.id),
      ];
      for (const each of [endpoint, other, unused]) await stores.endpoints.insert(each);
      const notices = [
        noticeOf(account.id),
        noticeOf(account.id, { step: 'cleared' }),
        noticeOf(account.id, { subjectId: 'other' }),
      ];
      const deliveries = notices.map((notice, i) => deliveryOf(notice, i < 2 ? endpoint : other, noon));
      await stores.intake.commit(batchOf({ notices, deliveries }));
      for (const delivery of await stores.outbox.lease(noon, 1_000, 10)) {
        const retry = settlementOf('due', 'later', { dueAt: noon + 9_000 });
        await stores.outbox.settle(delivery, delivery.endpointId === other.id ? retry : accepted, noon + 1);
      }
      const [cleared] = await stores.outbox.lease(noon + 2, 1_000, 10);
      if (!cleared) throw new Error('nothing is due');
      await stores.outbox.settle(cleared, settlementOf('refused', '410'), noon + 3);
      const receipts = await stores.endpoints.lastReceipts([endpoint.id, other.id, unused.id]);
      expect(receipts.sort((a, b) => b.at - a.at)).toEqual([
        { endpointId: endpoint.id, at: noon + 3, outcome: 'refused', acceptedAt: noon + 1 },
        { endpointId: other.id, at: noon + 1, outcome: 'retry', acceptedAt: null },
      ]);
      expect(await stores.endpoints.lastReceipts([])).toEqual([]);
    });
  });
}
