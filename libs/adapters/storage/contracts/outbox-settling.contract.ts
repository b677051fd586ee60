// What becomes of a delivery: what every OutboxStore promises of what is held, attempted, given up, sent again and cancelled.
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
import { batchOf, deliveryOf, noon, noticeOf, settlementOf } from './samples.contract.js';

export function outboxSettlingContract(name: string, open: () => Promise<Stores>): void {
  describe(`OutboxStore, settling, on ${name}`, () => {
    openAStore(open);

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

    const stateOf = async (account: { id: string }) =>
      Object.fromEntries(
        (await stores.outbox.ofAlarm(account.id, 'alarm')).map(each => [each.endpointId, each.state]),
      );
  });
}
