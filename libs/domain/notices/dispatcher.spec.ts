// The dispatcher on a real outbox, with channels that a spec plays.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { NoticeStep } from '#codecs/api';
import { type Account, newId } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import {
  batchOf,
  deliveryOf,
  endpointOf,
  noticeOf,
  someone,
} from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import type { Delivery, Receipt } from './delivery.js';
import { Dispatcher } from './dispatcher.js';
import type { Endpoint } from './endpoint.js';
import { accepted, PlayedChannels } from './played-channels.fixture.js';

const now = 1_763_700_000_000;
const hour = 3_600_000;

describe('the dispatcher', () => {
  let stores: Stores;
  let clock: ManualClock;
  let channels: PlayedChannels;
  let dispatcher: Dispatcher;
  let account: Account;
  let endpoint: Endpoint;

  beforeEach(async () => {
    // Of its own, because what another test leaves due would be due here.
    stores = await openTemporarySqlite();
    clock = new ManualClock(now);
    channels = new PlayedChannels();
    dispatcher = new Dispatcher(stores.outbox, channels, clock);
    account = (await someone(stores)).account;
    endpoint = await anEndpoint();
  });

  afterEach(async () => {
    await dispatcher.stop();
    await stores.close();
  });

  async function anEndpoint(): Promise<Endpoint> {
    const made = endpointOf(account.id);
    await stores.endpoints.insert(made);
    return made;
  }

  /** Puts one delivery a step of a new alarm into the outbox. */
  async function queue(steps: readonly NoticeStep[], to = endpoint): Promise<string> {
    const alarmId = newId();
    const notices = steps.map(step => noticeOf(account.id, { subjectId: alarmId, step, createdAt: now }));
    const deliveries = notices.map(notice => deliveryOf(notice, to, now));
    await stores.intake.commit(batchOf({ notices, deliveries }));
    return alarmId;
  }

  const states = async (alarmId: string): Promise<Delivery[]> => stores.outbox.ofAlarm(account.id, alarmId);

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise(setImmediate);
  }

  const settled = (alarmId: string) =>
    until(async () => (await states(alarmId)).every(({ state }) => state !== 'due'));

  const attempts = (count: number, alarmId: string) =>
    until(async () => (await states(alarmId)).some(delivery => delivery.attempts === count));

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

  it('lets a hanging endpoint hold up nobody else, not even another alarm to itself', async () => {
    const release: (() => void)[] = [];
    const hanging = await queue(['raised']);
    channels.answer = ({ notice }) =>
      notice.subjectId === hanging ? new Promise(resolve => release.push(() => resolve(accepted))) : accepted;
    await dispatcher.run();
    await until(() => release.length === 1);
    const [elsewhere, sameEndpoint] = [await queue(['raised'], await anEndpoint()), await queue(['raised'])];
    await dispatcher.run();
    await settled(elsewhere);
    await settled(sameEndpoint);
    expect(await states(hanging)).toMatchObject([{ state: 'due', attempts: 0 }]);
    for (const go of release) go();
    await settled(hanging);
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
    const other = new Dispatcher(stores.outbox, otherChannels, clock);
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
});
