// The dispatcher on a real outbox, with channels that a spec plays: what becomes of one delivery after the other.
import { describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import { batchOf, deliveryOf, noticeOf } from '../../adapters/storage/contracts/samples.contract.js';
import { Chance } from './chance.js';
import type { Receipt } from './delivery.js';
import { Dispatcher } from './dispatcher.js';
import {
  account,
  anEndpoint,
  attempts,
  channels,
  clock,
  dispatcher,
  endpoint,
  hour,
  now,
  openAnOutbox,
  queue,
  settled,
  states,
  stores,
  until,
} from './outgoing.fixture.js';
import { accepted, PlayedChannels } from './played-channels.fixture.js';

openAnOutbox();

describe('the dispatcher', () => {
  it('delivers what is due, and records what became of it', async () => {
    const alarmId = await queue(['raised']);
    await dispatcher.run();
    await settled(alarmId);
    expect(await states(alarmId)).toMatchObject([
      { state: 'accepted', attempts: 1, detail: '200', settledAt: now },
    ]);
    expect(await stores.outbox.nextDueAt()).toBeNull();
  });

  it('keeps the order of one alarm to one endpoint by itself: the next follows the one before', async () => {
    const alarmId = await queue(['raised', 'acknowledged', 'calm', 'cleared']);
    let under = 0;
    channels.answer = async () => {
      expect(++under).toBe(1);
      await new Promise(setImmediate);
      under--;
      return accepted;
    };
    dispatcher.wake();
    await settled(alarmId);
    expect(channels.toldTo(endpoint.id)).toEqual(['raised 0', 'acknowledged 0', 'calm 0', 'cleared 0']);
  });

  it('tries again after growing waits, and never lets "cleared" overtake "raised"', async () => {
    const alarmId = await queue(['raised', 'cleared']);
    const answers: Receipt[] = [1, 2, 3].map(() => ({ outcome: 'retry', detail: '503' }));
    channels.answer = () => answers.shift() ?? accepted;
    await dispatcher.run();
    for (const [attempt, waitMs] of [1000, 2000, 4000].entries()) {
      await attempts(attempt + 1, alarmId);
      // A whole number of milliseconds, because PostgreSQL keeps no other.
      for (const { dueAt } of await states(alarmId)) expect(Number.isInteger(dueAt)).toBe(true);
      clock.advance(waitMs * 0.75 - 1);
      await dispatcher.run();
      expect(channels.attempts).toHaveLength(attempt + 1);
      clock.advance(waitMs * 0.25 + 1);
      await dispatcher.run();
    }
    await settled(alarmId);
    expect(channels.toldTo(endpoint.id)).toEqual([
      'raised 0',
      'raised 0',
      'raised 0',
      'raised 0',
      'cleared 0',
    ]);
    expect(new Set(channels.attempts.map(({ id }) => id)).size).toBe(2);
  });

  it('waits as long as the other side asks', async () => {
    const alarmId = await queue(['raised']);
    channels.answer = () => ({ outcome: 'retry', detail: '429', afterMs: hour });
    await dispatcher.run();
    await attempts(1, alarmId);
    expect(await states(alarmId)).toMatchObject([{ state: 'due', dueAt: now + hour, detail: '429' }]);
  });

  it('gives up after 25 attempts, keeps the dead letter, and goes on with the next', async () => {
    const alarmId = await queue(['raised', 'cleared']);
    channels.answer = ({ notice }) =>
      notice.step === 'raised' ? { outcome: 'retry', detail: 'no answer' } : accepted;
    for (let attempt = 1; attempt <= 25; attempt++) {
      await dispatcher.run();
      await attempts(attempt, alarmId);
      clock.advance(6 * 60_000);
    }
    // What comes after it waits until the endpoint is asked again.
    await until(async () => (await states(alarmId)).some(({ detail }) => detail?.startsWith('not tried')));
    clock.advance(6 * 60_000);
    await dispatcher.run();
    await settled(alarmId);
    expect(await states(alarmId)).toMatchObject([
      { state: 'dead', attempts: 25, detail: 'no answer' },
      { state: 'accepted', attempts: 1 },
    ]);
  });

  it('does not try again what was refused', async () => {
    const alarmId = await queue(['raised']);
    channels.answer = () => ({ outcome: 'refused', detail: '410' });
    await dispatcher.run();
    await settled(alarmId);
    clock.advance(24 * hour);
    await dispatcher.run();
    expect(await states(alarmId)).toMatchObject([{ state: 'refused', attempts: 1, detail: '410' }]);
    expect(channels.attempts).toHaveLength(1);
  });

  it('stops when what is under way has ended, and starts nothing more', async () => {
    let go: () => void = () => {};
    const alarmId = await queue(['raised', 'cleared']);
    channels.answer = () =>
      new Promise(resolve => {
        go = () => resolve(accepted);
      });
    await dispatcher.run();
    let isStopped = false;
    const stopped = dispatcher.stop().then(() => {
      isStopped = true;
    });
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(isStopped).toBe(false);
    go();
    await stopped;
    dispatcher.wake();
    await dispatcher.run();
    expect(channels.attempts).toHaveLength(1);
    expect((await states(alarmId)).map(({ state }) => state)).toEqual(['accepted', 'due']);
  });

  it('does not overwrite what another worker did after its own lease was lost', async () => {
    const release: (() => void)[] = [];
    const alarmId = await queue(['raised']);
    channels.answer = () =>
      new Promise(resolve => release.push(() => resolve({ outcome: 'refused', detail: 'late' })));
    await dispatcher.run();
    await until(() => release.length === 1);
    clock.advance(31_000);
    const otherChannels = new PlayedChannels();
    const other = new Dispatcher(stores.outbox, otherChannels, clock, new Chance());
    await other.run();
    await settled(alarmId);
    for (const go of release) go();
    await dispatcher.stop();
    expect(otherChannels.attempts.map(({ id }) => id)).toEqual(channels.attempts.map(({ id }) => id));
    expect(await states(alarmId)).toMatchObject([{ state: 'accepted', attempts: 1, detail: '200' }]);
  });

  it('survives channels that break their word and throw: the delivery is taken up after its lease', async () => {
    const alarmId = await queue(['raised']);
    channels.answer = () => {
      throw new Error('a fault of ours');
    };
    await dispatcher.run();
    await until(() => channels.attempts.length === 1);
    channels.answer = () => accepted;
    clock.advance(31_000);
    await until(async () => {
      await dispatcher.run();
      return (await states(alarmId)).every(({ state }) => state === 'accepted');
    });
  });

  it.each([
    ['refused', 'T', true],
    ['refused', 'L', true],
    ['retry', 'L', true],
    ['retry', 'T', false],
  ] as const)(
    'on "%s" of class %s the next channel is told at once: %s',
    async (outcome, alarmClass, isTold) => {
      const [next, last] = [await anEndpoint(), await anEndpoint()];
      const notice = noticeOf(account.id, { subjectId: newId(), class: alarmClass, createdAt: now });
      const held = { enters: 'held', stage: 1 } as const;
      const deliveries = [
        deliveryOf(notice, endpoint, now),
        deliveryOf(notice, next, now, { ...held, rank: 1 }),
        deliveryOf(notice, last, now, { ...held, rank: 2 }),
      ];
      await stores.intake.commit(batchOf({ notices: [notice], deliveries }));
      channels.answer = ({ endpoint: to }) => (to.id === endpoint.id ? { outcome, detail: 'no' } : accepted);
      await dispatcher.run();
      await attempts(1, notice.subjectId);
      await until(async () => dispatcher.underWayNow === 0);
      const stateOf = Object.fromEntries(
        (await states(notice.subjectId)).map(each => [each.endpointId, each.state]),
      );
      expect([stateOf[next.id], stateOf[last.id]]).toEqual([isTold ? 'accepted' : 'held', 'held']);
    },
  );

  it('tells what waited for the same hour as one message', async () => {
    const bundle = `${endpoint.id}.${now}`;
    const notices = (['raised', 'cleared'] as const).map(step =>
      noticeOf(account.id, { subjectId: 'night', step, class: 'T', createdAt: now }),
    );
    const other = noticeOf(account.id, { subjectId: 'other', class: 'T', createdAt: now });
    const deliveries = [...notices, other].map(each => deliveryOf(each, endpoint, now + hour, { bundle }));
    await stores.intake.commit(batchOf({ notices: [...notices, other], deliveries }));
    await dispatcher.run();
    expect(channels.attempts).toEqual([]);
    clock.advance(hour);
    await dispatcher.run();
    await settled('night');
    expect(channels.attempts).toMatchObject([
      { id: `digest.${bundle}`, notice: { title: { en: '3 messages', zh: '3 条消息' } } },
    ]);
    expect(channels.attempts[0]?.notice.body.en.split('\n')).toHaveLength(3);
    expect(await states('other')).toMatchObject([{ state: 'accepted', attempts: 1 }]);
  });
});
