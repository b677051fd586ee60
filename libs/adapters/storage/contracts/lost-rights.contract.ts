// What every outbox does with what is on its way to somebody who loses the right to hear of a device.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Stores } from '../index.js';
import {
  batchOf,
  bind,
  contactOf,
  deliveryOf,
  devicesMade,
  endpointOf,
  granted,
  grantOn,
  noon,
  noticeOf,
  page,
  rebind,
  settlementOf,
  someone,
} from './samples.contract.js';

const leaseMs = 1_000;

export function lostRightsContract(name: string, open: () => Promise<Stores>): void {
  describe(`What is on its way, on ${name},`, () => {
    let stores: Stores;
    let deviceId: string;
    let otherId: string;
    let homeId: string;

    beforeEach(async () => {
      stores = await open();
      const devices = await devicesMade(stores, 2);
      [deviceId = '', otherId = ''] = devices.map(({ id }) => id);
      const { account, home } = await someone(stores);
      homeId = home.id;
      for (const { id } of devices) await bind(stores, id, account, home);
    });
    afterEach(() => stores.close());

    /** Told of both devices: on one endpoint at once, on another one if that fails. */
    async function told(role: 'resident' | 'operator' = 'resident') {
      const { account } = await someone(stores, 'Mei', { role });
      const [first, second] = [endpointOf(account.id), endpointOf(account.id)];
      for (const endpoint of [first, second]) await stores.endpoints.insert(endpoint);
      const notices = [deviceId, otherId].map(id =>
        noticeOf(account.id, { id: newId(), subjectId: newId(), deviceId: id, epoch: 1 }),
      );
      const deliveries = notices.flatMap(notice => [
        deliveryOf(notice, first),
        deliveryOf(notice, second, noon, { enters: 'held', rank: 1, stage: 3 }),
      ]);
      await stores.intake.commit(batchOf({ notices, deliveries }));
      return { account, notices };
    }

    type Told = Awaited<ReturnType<typeof told>>;

    /** Of each device, at once and held. */
    const statesOf = async ({ account, notices }: Told) => {
      const rows = await Promise.all(
        notices.map(({ subjectId }) => stores.outbox.ofAlarm(account.id, subjectId)),
      );
      return rows.map(deliveries => deliveries.map(({ state }) => state).sort());
    };

    async function withoutOwner(id: string, epoch: number) {
      const binding = await stores.bindings.byDevice(id);
      if (!binding) throw new Error('no such device');
      const nobodys = { state: 'released', ownerId: null, homeId: null, epoch } as const;
      await rebind(stores, { ...binding, ...nobodys, version: binding.version + 1 });
    }

    const waits = ['due', 'held'];
    const over = ['cancelled', 'cancelled'];

    it('is cancelled to who is no operator any more, of what nobody owns, and goes on of an earlier owner’s time', async () => {
      const [mei, bo] = [await told('operator'), await told('operator')];
      await withoutOwner(deviceId, 1);
      await withoutOwner(otherId, 2);
      const { id: accountId } = mei.account;
      const act = { ...page, at: noon, what: 'left', accountId, concernsId: null } as const;
      expect(await stores.operators.dismiss(accountId, act)).toBe('dismissed');
      expect(await statesOf(mei)).toEqual([over, waits]);
      expect(await statesOf(bo)).toEqual([waits, waits]);
    });

    it('is cancelled with the change of owner that takes the device from them, and nothing else', async () => {
      const [mei, bo] = [await told(), await told()];
      const lost = [{ accountId: mei.account.id, contactId: null, deviceId, at: noon + 1 }];
      expect((await stores.intake.commit(batchOf({ lost }))).ok).toBe(true);
      expect(await statesOf(mei)).toEqual([over, waits]);
      expect(await statesOf(bo)).toEqual([waits, waits]);
      const leased = await stores.outbox.lease(noon + 2, leaseMs, 10);
      expect(leased.map(({ accountId, notice }) => [accountId, notice.deviceId]).sort()).toEqual(
        [
          [mei.account.id, otherId],
          [bo.account.id, deviceId],
          [bo.account.id, otherId],
        ].sort(),
      );
    });

    it('comes to nothing when an attempt is under way: its end is not recorded, nor tried again', async () => {
      const mei = await told();
      const leased = await stores.outbox.lease(noon, leaseMs, 10);
      await stores.intake.commit(
        batchOf({ lost: [{ accountId: mei.account.id, contactId: null, deviceId, at: noon }] }),
      );
      for (const delivery of leased)
        await stores.outbox.settle(delivery, settlementOf('due', 'busy', { dueAt: noon + 5 }), noon + 1);
      expect(await statesOf(mei)).toEqual([over, waits]);
    });

    it('goes on where it tells what is decided in the very change', async () => {
      const mei = await told();
      const endpoint = endpointOf(mei.account.id);
      await stores.endpoints.insert(endpoint);
      const notice = noticeOf(mei.account.id, { id: newId(), subjectId: newId(), deviceId, epoch: 1 });
      const lost = [{ accountId: mei.account.id, contactId: null, deviceId, at: noon }];
      const deliveries = [deliveryOf(notice, endpoint)];
      await stores.intake.commit(batchOf({ lost, notices: [notice], deliveries }));
      expect(await statesOf(mei)).toEqual([over, waits]);
      expect(await stores.outbox.ofAlarm(mei.account.id, notice.subjectId)).toMatchObject([{ state: 'due' }]);
    });

    it('is cancelled with a grant that goes, to whoever came in by it too', async () => {
      const [mei, bo] = [await told(), await told()];
      const root = await granted(stores, grantOn(deviceId, mei.account.id, { capabilities: ['alerts'] }));
      await granted(
        stores,
        grantOn(deviceId, bo.account.id, { capabilities: ['alerts'], parentId: root.id }),
      );
      await stores.sharing.revoke(root.id, () => []);
      expect(await statesOf(mei)).toEqual([over, waits]);
      expect(await statesOf(bo)).toEqual([over, waits]);
    });

    it('is cancelled of every device of a home with a grant on that', async () => {
      const mei = await told();
      const onHome = { subjectKind: 'home', epoch: 0, capabilities: ['alerts'] } as const;
      const grant = await granted(stores, grantOn(homeId, mei.account.id, onHome));
      await stores.sharing.revoke(grant.id, () => []);
      expect(await statesOf(mei)).toEqual([over, over]);
    });

    it('goes on to who may hear of it by another grant, or as an operator', async () => {
      const [mei, operator] = [await told(), await told('operator')];
      const alerts = { capabilities: ['alerts'] } as const;
      const onHome = { ...alerts, subjectKind: 'home', epoch: 0 } as const;
      await granted(stores, grantOn(homeId, mei.account.id, onHome));
      for (const { account } of [mei, operator]) {
        const grant = await granted(stores, grantOn(deviceId, account.id, alerts));
        await stores.sharing.revoke(grant.id, () => []);
      }
      expect(await statesOf(mei)).toEqual([waits, waits]);
      expect(await statesOf(operator)).toEqual([waits, waits]);
      const [left] = await stores.sharing.ofAccount(mei.account.id);
      await stores.sharing.revoke(left?.id ?? '', () => []);
      expect(await statesOf(mei)).toEqual([over, over]);
    });

    it('goes on to contacts, who are told in the name of somebody else', async () => {
      const mei = await told();
      const contact = contactOf(homeId);
      const endpoint = endpointOf(null, { contactId: contact.id });
      await stores.contacts.insert(contact, endpoint);
      const [notice] = mei.notices;
      if (notice === undefined) throw new Error('no notice');
      const deliveries = [deliveryOf(notice, endpoint, noon, { contactId: contact.id })];
      await stores.intake.commit(batchOf({ notices: [notice], deliveries }));
      const lost = { accountId: mei.account.id, contactId: null, deviceId, at: noon };
      await stores.intake.commit(batchOf({ lost: [lost] }));
      expect(await statesOf(mei)).toEqual([[...over, 'due'], waits]);
    });

    it('is cancelled to a contact of a home that the device has left, and to nobody else', async () => {
      const mei = await told();
      const [notice, other] = mei.notices;
      if (notice === undefined || other === undefined) throw new Error('no notices');
      const contact = contactOf(homeId);
      const endpoint = endpointOf(null, { contactId: contact.id });
      await stores.contacts.insert(contact, endpoint);
      const deliveries = [notice, other].map(each =>
        deliveryOf(each, endpoint, noon, { contactId: contact.id, enters: 'held', stage: 2 }),
      );
      await stores.intake.commit(batchOf({ deliveries }));
      const lost = { accountId: mei.account.id, contactId: contact.id, deviceId, at: noon };
      await stores.intake.commit(batchOf({ lost: [lost] }));
      expect(await statesOf(mei)).toEqual([
        ['cancelled', ...waits],
        ['due', 'held', 'held'],
      ]);
    });
  });
}
