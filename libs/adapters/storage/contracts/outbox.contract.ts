// What every OutboxStore promises.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Endpoint, LeasedDelivery, NoticeDraft } from '#domain/notices';
import type { Stores } from '../index.js';
import {
  batchOf,
  deliveryOf,
  endpointOf,
  noon,
  noticeOf,
  settlementOf,
  someone,
} from './samples.contract.js';

const leaseMs = 1_000;
const accepted = settlementOf('accepted', '200');

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

    it('holds a delivery until its stage, and cancels it when it is not needed', async () => {
      const { account, endpoint } = await reachable();
      const { endpoint: mail } = await reachable(account);
      const { endpoint: last } = await reachable(account);
      const notice = noticeOf(account.id);
      const deliveries = [
        deliveryOf(notice, endpoint),
        deliveryOf(notice, mail, noon, { enters: 'held', rank: 1, stage: 1 }),
        deliveryOf(notice, last, noon, { enters: 'held', rank: 2, stage: 3 }),
      ];
      await stores.intake.commit(batchOf({ notices: [notice], deliveries }));
      expect(await stores.outbox.due()).toBe(1);
      const of = { subjectId: 'alarm' };
      await stores.intake.commit(batchOf({ released: [{ ...of, upTo: 1, at: noon + 30 }] }));
      await stores.intake.commit(batchOf({ released: [{ subjectId: 'another', upTo: 3, at: noon + 30 }] }));
      expect(await stateOf(account)).toEqual({ [endpoint.id]: 'due', [mail.id]: 'due', [last.id]: 'held' });
      await stores.intake.commit(batchOf({ stopped: [{ ...of, upTo: null, at: noon + 60 }] }));
      await stores.intake.commit(batchOf({ released: [{ ...of, upTo: 3, at: noon + 90 }] }));
      expect(await stateOf(account)).toEqual({
        [endpoint.id]: 'due',
        [mail.id]: 'due',
        [last.id]: 'cancelled',
      });
      const leased = await stores.outbox.lease(noon + 30, leaseMs, 10);
      expect(leased.map(({ dueAt }) => dueAt).sort()).toEqual([noon, noon + 30]);
    });

    it('keeps what follows only for an endpoint that was told before', async () => {
      const { account, endpoint } = await reachable();
      const { endpoint: held } = await reachable(account);
      const raised = noticeOf(account.id);
      const cleared = noticeOf(account.id, { step: 'cleared' });
      const following = [endpoint, held].map(to => deliveryOf(cleared, to, noon, { enters: 'if-told' }));
      const first = [
        deliveryOf(raised, endpoint),
        deliveryOf(raised, held, noon, { enters: 'held', stage: 1 }),
      ];
      await stores.intake.commit(
        batchOf({ notices: [raised, cleared], deliveries: [...following, ...first] }),
      );
      const told = await stores.outbox.ofAlarm(account.id, 'alarm');
      expect(told.map(({ noticeId, endpointId, state }) => [noticeId, endpointId, state]).sort()).toEqual(
        [
          [raised.id, endpoint.id, 'due'],
          [raised.id, held.id, 'held'],
          [cleared.id, endpoint.id, 'due'],
        ].sort(),
      );
    });

    it('keeps every attempt, and makes the next channel of the same person due with the one that failed', async () => {
      const { account, endpoint } = await reachable();
      const { endpoint: mail } = await reachable(account);
      const { endpoint: last } = await reachable(account);
      const { endpoint: contact } = await reachable(account);
      const notice = noticeOf(account.id);
      const deliveries = [
        deliveryOf(notice, endpoint),
        deliveryOf(notice, mail, noon, { enters: 'held', rank: 1, stage: 1 }),
        deliveryOf(notice, last, noon, { enters: 'held', rank: 2, stage: 3 }),
        deliveryOf(notice, contact, noon, { enters: 'held', stage: 2, contactId: 'aunt' }),
      ];
      await stores.intake.commit(batchOf({ notices: [notice], deliveries }));
      const postponed = settlementOf('due', 'not tried', { dueAt: noon + 1, attempt: null });
      await stores.outbox.settle(await leasedAt(noon), postponed, noon + 1);
      const failed = settlementOf('refused', '410', { tellsNext: true });
      await stores.outbox.settle(await leasedAt(noon + 1), failed, noon + 7);
      expect(await stateOf(account)).toEqual({
        [endpoint.id]: 'refused',
        [mail.id]: 'due',
        [last.id]: 'held',
        [contact.id]: 'held',
      });
      expect(await leasedAt(noon + 7)).toMatchObject({ endpointId: mail.id, dueAt: noon + 7 });
      const attempts = await stores.outbox.attempts(account.id, 'alarm');
      expect([...attempts]).toEqual([[deliveryOf(notice, endpoint).id, [failed.attempt]]]);
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

    it('shows dead letters, and makes them due again with the same ids', async () => {
      const { account, endpoint } = await reachable();
      const { endpoint: removed } = await reachable(account);
      const notices = ['a', 'b', 'c'].map(subjectId =>
        noticeOf(account.id, { subjectId: `${subjectId}-${newId()}` }),
      );
      for (const [i, notice] of notices.entries()) await queued(i === 2 ? removed : endpoint, [notice]);
      for (const delivery of await stores.outbox.lease(noon, leaseMs, 10))
        await stores.outbox.settle(delivery, settlementOf('dead', 'gave up'), noon + 1);
      await stores.endpoints.remove(removed.id);
      const dead = (await stores.outbox.dead(10_000)).filter(({ accountId }) => accountId === account.id);
      expect(dead).toHaveLength(3);
      const [first] = dead.filter(({ endpointId }) => endpointId === endpoint.id);
      if (first === undefined) throw new Error('there is none');
      expect(await stores.outbox.replay([first.id, 'unknown'], noon + 9)).toBe(1);
      expect(await leasedAt(noon + 9)).toMatchObject({ id: first.id, attempts: 0 });
      await stores.outbox.replay(null, noon + 9);
      expect((await leasedAt(noon + 9)).id).not.toBe(first.id);
    });

    const stateOf = async (account: { id: string }) =>
      Object.fromEntries(
        (await stores.outbox.ofAlarm(account.id, 'alarm')).map(each => [each.endpointId, each.state]),
      );

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
      const gone = settlementOf('refused', '410', { endpointIsGone: true });
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
