// Whose turn it is: what every OutboxStore promises of leasing.
import { describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Stores } from '../index.js';
import {
  accepted,
  leasedAt,
  leaseMs,
  openAStore,
  queued,
  reachable,
  stores,
} from './outbox-scene.contract.js';
import {
  batchOf,
  bind,
  deliveryOf,
  noon,
  noticeOf,
  oneDevice,
  settlementOf,
  someone,
} from './samples.contract.js';

export function outboxStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`OutboxStore on ${name}`, () => {
    openAStore(open);

    it('leases what is due, with its notice and endpoint, and not what is due later', async () => {
      const { account, endpoint } = await reachable();
      const notice = noticeOf(account.id);
      const later = noticeOf(account.id, { subjectId: 'later' });
      await queued(endpoint, [notice], noon);
      await queued(endpoint, [later], noon + 1);
      const [leased, ...more] = await stores.outbox.lease(noon, leaseMs, 10);
      expect(more).toEqual([]);
      const { enters: _, ...draft } = deliveryOf(notice, endpoint, noon);
      expect(leased).toEqual({
        ...draft,
        state: 'due',
        attempts: 0,
        detail: null,
        settledAt: null,
        leaseUntil: noon + leaseMs,
        notice: { ...notice, counter: 1, seenAt: null },
        endpoint,
        timeZone: null,
      });
    });

    it('knows by whose clocks a notice tells its times: those of the home, as long as its device is in the same hands', async () => {
      const { stored: owner, home } = await someone(stores);
      const { endpoint } = await reachable(owner);
      const device = await oneDevice(stores);
      await bind(stores, device.id, owner, home);
      const of = (epoch: number) => noticeOf(owner.id, { subjectId: newId(), deviceId: device.id, epoch });
      await queued(endpoint, [of(1), of(2)]);
      const leased = await stores.outbox.lease(noon, leaseMs, 10);
      const zones = leased.map(({ notice, timeZone }) => [notice.epoch, timeZone]);
      expect(zones.toSorted()).toEqual([
        [1, home.timeZone],
        [2, null],
      ]);
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
      await stores.outbox.settle(first, settlementOf('dead', 'too late'), noon + leaseMs + 1);
      await stores.outbox.settle(second, accepted, noon + leaseMs + 2);
      await stores.outbox.settle(second, settlementOf('dead', 'twice'), noon + leaseMs + 3);
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
      await stores.outbox.settle(raised, settlementOf('due', '503', { dueAt: noon + 5_000 }), noon + 1);
      expect(await stores.outbox.lease(noon + 4_999, leaseMs, 10)).toEqual([]);
      const again = await leasedAt(noon + 5_000);
      expect(again).toMatchObject({ id: raised.id, attempts: 1, detail: '503', settledAt: null });
      await stores.outbox.settle(again, settlementOf('dead', 'gave up'), noon + 5_001);
      expect((await leasedAt(noon + 5_001)).notice.step).toBe('cleared');
    });

    it('says when to look again: no sooner than something can be leased', async () => {
      const { account, endpoint } = await reachable();
      expect(await stores.outbox.nextDueAt()).toBeNull();
      await queued(endpoint, [noticeOf(account.id), noticeOf(account.id, { step: 'cleared' })]);
      expect(await stores.outbox.nextDueAt()).toBe(noon);
      const raised = await leasedAt(noon);
      expect(await stores.outbox.nextDueAt()).toBe(noon + leaseMs);
      await stores.outbox.settle(raised, settlementOf('due', '503', { dueAt: noon + 5_000 }), noon + 1);
      expect(await stores.outbox.nextDueAt()).toBe(noon + 5_000);
    });

    it('gives class L alone, or the others alone, and nothing of those who have enough', async () => {
      const { account, endpoint } = await reachable();
      const { account: second, endpoint: other } = await reachable();
      const urgent = noticeOf(account.id, { subjectId: newId() });
      const usual = noticeOf(account.id, { subjectId: newId(), class: 'T' });
      await queued(endpoint, [usual, urgent]);
      await queued(other, [noticeOf(second.id, { class: 'T' })]);
      const nobody = { endpointIds: [], accountIds: [], channels: [] };
      const without = (change: Partial<typeof nobody>) =>
        stores.outbox.lease(noon, 0, 10, { urgent: false, without: { ...nobody, ...change } });
      const leased = await stores.outbox.lease(noon, 0, 10, { urgent: true });
      expect(leased.map(({ noticeId }) => noticeId)).toEqual([urgent.id]);
      expect(await without({ endpointIds: [other.id] as never[] })).toMatchObject([{ noticeId: usual.id }]);
      expect(await without({ accountIds: [account.id] as never[] })).toMatchObject([
        { endpointId: other.id },
      ]);
      expect(await without({ channels: ['webhook'] as never[] })).toEqual([]);
      expect(await without({})).toHaveLength(2);
    });

    it('leases only what is admitted, and looks past what is not', async () => {
      const { account, endpoint } = await reachable();
      await queued(
        endpoint,
        Array.from({ length: 6 }, () => noticeOf(account.id, { subjectId: newId() })),
      );
      const asked: string[] = [];
      const admits = ({ id }: { id: string }) => asked.push(id) > 2;
      const leased = await stores.outbox.lease(noon, leaseMs, 2, { admits });
      expect(asked).toHaveLength(4);
      expect(leased.map(({ id }) => id).sort()).toEqual(asked.slice(2).sort());
    });

    it('gives a bundle as a whole, once, and to one worker', async () => {
      const { account, endpoint } = await reachable();
      const notices = (['raised', 'calm', 'cleared'] as const).map(step => noticeOf(account.id, { step }));
      const other = noticeOf(account.id, { subjectId: 'other' });
      const deliveries = [...notices, other].map(each =>
        deliveryOf(each, endpoint, noon, { bundle: 'night' }),
      );
      await stores.intake.commit(batchOf({ notices: [...notices, other], deliveries }));
      const leases = await Promise.all([1, 2, 3].map(() => stores.outbox.lease(noon, leaseMs, 1)));
      expect(leases.map(({ length }) => length).sort()).toEqual([0, 0, 4]);
    });
  });
}
