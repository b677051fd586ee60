// What every OutboxStore promises.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Endpoint, LeasedDelivery, NoticeDraft } from '#domain/notices';
import type { Stores } from '../index.js';
import { batchOf, deliveryOf, endpointOf, noon, noticeOf, someone } from './samples.contract.js';

const leaseMs = 1_000;
const accepted = { state: 'accepted', detail: '200' } as const;

export function outboxStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`OutboxStore on ${name}`, () => {
    let stores: Stores;
    beforeEach(async () => {
      stores = await open();
    });
    afterEach(() => stores.close());

    it('leases what is due, with its notice and endpoint, and not what is due later', async () => {
      const { account, endpoint } = await reachable();
      const notice = noticeOf(account.id);
      const later = noticeOf(account.id, { subjectId: 'later' });
      await queued(endpoint, [notice], noon);
      await queued(endpoint, [later], noon + 1);
      const [leased, ...more] = await stores.outbox.lease(noon, leaseMs, 10);
      expect(more).toEqual([]);
      expect(leased).toEqual({
        ...deliveryOf(notice, endpoint, noon),
        state: 'due',
        attempts: 0,
        detail: null,
        settledAt: null,
        leaseUntil: noon + leaseMs,
        notice: { ...notice, counter: 1 },
        endpoint,
      });
    });

    it('gives no delivery to two of many workers', async () => {
      const { account, endpoint } = await reachable();
      const notices = Array.from({ length: 60 }, () => noticeOf(account.id, { subjectId: newId() }));
      await queued(endpoint, notices);
      const leases = await Promise.all(
        Array.from({ length: 12 }, () => stores.outbox.lease(noon, leaseMs, 10)),
      );
      const ids = leases.flat().map(delivery => delivery.id);
      expect(new Set(ids).size).toBe(ids.length);
      const rest = await stores.outbox.lease(noon, leaseMs, 100);
      expect(new Set([...ids, ...rest.map(delivery => delivery.id)]).size).toBe(60);
      expect(ids.length + rest.length).toBe(60);
    });

    it('gives a delivery again when its lease has run out, and the first holder can settle it no more', async () => {
      const { account, endpoint } = await reachable();
      await queued(endpoint, [noticeOf(account.id)]);
      const first = await leasedAt(noon);
      expect(await stores.outbox.lease(noon + leaseMs - 1, leaseMs, 10)).toEqual([]);
      const second = await leasedAt(noon + leaseMs);
      await stores.outbox.settle(first, { state: 'dead', detail: 'too late' }, noon + leaseMs + 1);
      await stores.outbox.settle(second, accepted, noon + leaseMs + 2);
      await stores.outbox.settle(second, { state: 'dead', detail: 'twice' }, noon + leaseMs + 3);
      expect(await stores.outbox.ofAlarm(account.id, 'alarm')).toMatchObject([
        { state: 'accepted', detail: '200', attempts: 1, settledAt: noon + leaseMs + 2 },
      ]);
    });

    it('gives of one alarm and endpoint only the earliest unsettled, in the order of telling', async () => {
      const { account, endpoint } = await reachable();
      const { endpoint: other } = await reachable(account);
      const steps = (['raised', 'repeat', 'cleared'] as const).map(step => noticeOf(account.id, { step }));
      await queued(endpoint, steps);
      await queued(other, steps.slice(0, 1));
      const seen: string[] = [];
      for (let round = 0; round < 3; round += 1) {
        const leased = await stores.outbox.lease(noon + round, leaseMs, 10);
        expect(leased).toHaveLength(round === 0 ? 2 : 1);
        expect(await stores.outbox.lease(noon + round, leaseMs, 10)).toEqual([]);
        for (const delivery of leased) {
          if (delivery.endpointId === endpoint.id) seen.push(delivery.notice.step);
          await stores.outbox.settle(delivery, accepted, noon + round);
        }
      }
      expect(seen).toEqual(['raised', 'repeat', 'cleared']);
      expect(await stores.outbox.lease(noon + 9, leaseMs, 10)).toEqual([]);
    });

    it('holds "cleared" back while "raised" waits for its next attempt, and lets it go when that is given up', async () => {
      const { account, endpoint } = await reachable();
      await queued(endpoint, [noticeOf(account.id), noticeOf(account.id, { step: 'cleared' })]);
      const raised = await leasedAt(noon);
      await stores.outbox.settle(raised, { state: 'due', dueAt: noon + 5_000, detail: '503' }, noon + 1);
      expect(await stores.outbox.lease(noon + 4_999, leaseMs, 10)).toEqual([]);
      const again = await leasedAt(noon + 5_000);
      expect(again).toMatchObject({ id: raised.id, attempts: 1, detail: '503', settledAt: null });
      await stores.outbox.settle(again, { state: 'dead', detail: 'gave up' }, noon + 5_001);
      expect((await leasedAt(noon + 5_001)).notice.step).toBe('cleared');
    });

    it('says when to look again: no sooner than something can be leased', async () => {
      const { account, endpoint } = await reachable();
      expect(await stores.outbox.nextDueAt()).toBeNull();
      await queued(endpoint, [noticeOf(account.id), noticeOf(account.id, { step: 'cleared' })]);
      expect(await stores.outbox.nextDueAt()).toBe(noon);
      const raised = await leasedAt(noon);
      expect(await stores.outbox.nextDueAt()).toBe(noon + leaseMs);
      await stores.outbox.settle(raised, { state: 'due', dueAt: noon + 5_000, detail: '503' }, noon + 1);
      expect(await stores.outbox.nextDueAt()).toBe(noon + 5_000);
    });

    it('queues a delivery once, however often it is committed', async () => {
      const { account, endpoint } = await reachable();
      const notice = noticeOf(account.id);
      await queued(endpoint, [notice]);
      await stores.outbox.settle(await leasedAt(noon), accepted, noon);
      await queued(endpoint, [notice]);
      expect(await stores.outbox.lease(noon + 9, leaseMs, 10)).toEqual([]);
      expect(await stores.outbox.ofAlarm(account.id, 'alarm')).toHaveLength(1);
    });

    it('refuses a delivery of a notice that is not stored, and the batch with it', async () => {
      const { account, endpoint } = await reachable();
      const notice = noticeOf(account.id);
      const delivery = { ...deliveryOf(notice, endpoint), noticeId: 'unknown' };
      const batch = batchOf({ notices: [notice], deliveries: [delivery] });
      await expect(stores.intake.commit(batch)).rejects.toThrow('not stored');
      expect(await stores.notices.latest(account.id, 10)).toEqual([]);
    });

    it('removes an endpoint once, and cancels what is due on it', async () => {
      const { account, endpoint } = await reachable();
      await queued(endpoint, [noticeOf(account.id), noticeOf(account.id, { step: 'cleared' })]);
      const held = await leasedAt(noon);
      expect(await stores.endpoints.remove(endpoint.id)).toBe(true);
      expect(await stores.endpoints.remove(endpoint.id)).toBe(false);
      await stores.outbox.settle(held, accepted, noon + 1);
      const states = (await stores.outbox.ofAlarm(account.id, 'alarm')).map(delivery => delivery.state);
      expect(states).toEqual(['cancelled', 'cancelled']);
      expect(await stores.outbox.nextDueAt()).toBeNull();
    });

    it('removes an endpoint whose provider says that it is gone, and cancels what else is due there', async () => {
      const { account, endpoint } = await reachable();
      await queued(endpoint, [noticeOf(account.id), noticeOf(account.id, { step: 'cleared' })]);
      const gone = { state: 'refused', detail: '410', endpointIsGone: true } as const;
      await stores.outbox.settle(await leasedAt(noon), gone, noon + 1);
      expect(await stores.endpoints.byId(endpoint.id)).toBeNull();
      const states = (await stores.outbox.ofAlarm(account.id, 'alarm')).map(delivery => delivery.state);
      expect(states).toEqual(['refused', 'cancelled']);
    });

    it('queues nothing for an endpoint that was removed meanwhile', async () => {
      const { account, endpoint } = await reachable();
      await stores.endpoints.remove(endpoint.id);
      await queued(endpoint, [noticeOf(account.id)]);
      expect(await stores.outbox.lease(noon, leaseMs, 10)).toEqual([]);
      expect(await stores.outbox.nextDueAt()).toBeNull();
      expect(await stores.outbox.ofAlarm(account.id, 'alarm')).toMatchObject([{ state: 'cancelled' }]);
    });

    async function reachable(known?: { id: string }) {
      const account = known ?? (await someone(stores)).account;
      const endpoint = endpointOf(account.id);
      await stores.endpoints.insert(endpoint);
      return { account, endpoint };
    }

    async function queued(endpoint: Endpoint, notices: NoticeDraft[], dueAt = noon): Promise<void> {
      const deliveries = notices.map(notice => deliveryOf(notice, endpoint, dueAt));
      await stores.intake.commit(batchOf({ notices, deliveries }));
    }

    async function leasedAt(now: number): Promise<LeasedDelivery> {
      const [delivery, ...more] = await stores.outbox.lease(now, leaseMs, 10);
      expect(more).toEqual([]);
      if (!delivery) throw new Error(`nothing is due at ${now}`);
      return delivery;
    }
  });
}
