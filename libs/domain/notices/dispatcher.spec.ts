// The dispatcher on a real outbox, with channels that a spec plays.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { AlarmClass, NoticeStep } from '#codecs/api';
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
import { Chance } from './chance.js';
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
    dispatcher = new Dispatcher(stores.outbox, channels, clock, new Chance());
    account = (await someone(stores)).account;
    endpoint = await anEndpoint();
  });

  afterEach(async () => {
    await dispatcher.stop();
    await stores.close();
  });

  async function anEndpoint(change: Partial<Endpoint> = {}): Promise<Endpoint> {
    const made = endpointOf(account.id, change);
    await stores.endpoints.insert(made);
    return made;
  }

  /** Puts one delivery a step of a new alarm into the outbox. */
  async function queue(
    steps: readonly NoticeStep[],
    to = endpoint,
    alarmClass: AlarmClass = 'L',
  ): Promise<string> {
    const alarmId = newId();
    const notices = steps.map(step =>
      noticeOf(account.id, { subjectId: alarmId, step, class: alarmClass, createdAt: now }),
    );
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

  it('holds nothing else back when a channel holds one message back itself', async () => {
    const held = await queue(['raised']);
    channels.answer = ({ notice }) =>
      notice.subjectId === held
        ? { outcome: 'retry', detail: 'waits for its minute', afterMs: hour, isHeldBack: true }
        : accepted;
    await dispatcher.run();
    await attempts(1, held);
    const other = await queue(['raised']);
    await dispatcher.run();
    await settled(other);
    expect(await states(other)).toMatchObject([{ state: 'accepted' }]);
  });

  it('asks a provider that nobody reaches by one message at a time, and leaves the others alone', async () => {
    const at = (origin: string, n: number) => anEndpoint({ address: `${origin}/hooks/${n}` });
    channels.answer = ({ endpoint: { address } }) =>
      address.startsWith('https://down.example')
        ? { outcome: 'retry', detail: 'nobody is there', isUnreachable: true }
        : accepted;
    for (let n = 0; n < 5; n++) {
      const failed = await queue(['raised'], await at('https://down.example', n));
      await dispatcher.run();
      await attempts(1, failed);
    }
    const asked = channels.attempts.length;
    const behind = await queue(['raised'], await at('https://down.example', 6));
    const elsewhere = await queue(['raised'], await at('https://up.example', 6));
    await dispatcher.run();
    await settled(elsewhere);
    await until(async () => (await states(behind)).some(({ detail }) => detail?.startsWith('not tried')));
    expect(channels.attempts.length).toBe(asked + 1);

    channels.answer = () => accepted;
    clock.advance(60_000);
    await dispatcher.run();
    await until(() => channels.attempts.length > asked + 1);
    await until(() => dispatcher.underWayNow === 0);
    // One has asked; when the others are due again, they go.
    clock.advance(60_000);
    await dispatcher.run();
    await settled(behind);
    expect(await states(behind)).toMatchObject([{ state: 'accepted' }]);
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

  it('has at most four under way at an endpoint and eight for a person, one and two of them for life safety', async () => {
    const own = [endpoint, await anEndpoint(), await anEndpoint()];
    for (const to of own) for (let i = 0; i < 9; i++) await queue(['raised'], to, i % 2 === 0 ? 'L' : 'T');
    const release: (() => void)[] = [];
    channels.answer = () => new Promise(resolve => release.push(() => resolve(accepted)));
    const underWay = (of: AlarmClass) => channels.attempts.filter(({ notice }) => notice.class === of).length;
    await dispatcher.run();
    expect([underWay('L'), underWay('T')]).toEqual([8, 0]);
    for (const go of release.splice(0)) go();
    await until(() => channels.attempts.length > 8);
    await dispatcher.run();
    const toEach = own.map(
      ({ id }) => channels.attempts.slice(8).filter(each => each.endpoint.id === id).length,
    );
    expect(Math.max(...toEach)).toBeLessThanOrEqual(4);
    expect(dispatcher.underWayNow).toBeLessThanOrEqual(8);
    channels.answer = () => accepted;
    for (const go of release.splice(0)) go();
    await until(async () => (await stores.outbox.due()) === 0);
    expect(channels.attempts).toHaveLength(27);
    expect(underWay('L')).toBe(15);
  });

  it("lets one person's ten hanging endpoints hold up nobody: the next person is told at once", async () => {
    for (let i = 0; i < 10; i++) {
      const hanging = await anEndpoint();
      for (let n = 0; n < 20; n++) await queue(['raised'], hanging);
    }
    channels.answer = ({ endpoint: to }) => (to.accountId === account.id ? new Promise(() => {}) : accepted);
    await dispatcher.run();
    expect(dispatcher.underWayNow).toBe(8);
    const other = (await someone(stores)).account;
    const reached = endpointOf(other.id);
    await stores.endpoints.insert(reached);
    const notice = noticeOf(other.id, { class: 'T', createdAt: now });
    await stores.intake.commit(
      batchOf({ notices: [notice], deliveries: [deliveryOf(notice, reached, now)] }),
    );
    await dispatcher.run();
    await until(async () => (await stores.outbox.ofAlarm(other.id, 'alarm'))[0]?.state === 'accepted');
    // Whoever hangs for ever would keep this spec from ending.
    dispatcher = new Dispatcher(stores.outbox, channels, clock, new Chance());
  });

  it('tells life safety first, whatever came before it', async () => {
    const later = await anEndpoint();
    for (let i = 0; i < 200; i++) await queue(['raised'], endpoint, 'T');
    await queue(['raised'], later, 'L');
    await dispatcher.run();
    expect(channels.attempts[0]?.endpoint.id).toBe(later.id);
    await until(async () => (await stores.outbox.due()) === 0);
  });

  it('asks an endpoint that failed five times in a row with one message at a time, and goes on once it answers', async () => {
    channels.answer = () => ({ outcome: 'retry', detail: '503' });
    for (let i = 0; i < 5; i++) {
      const alarmId = await queue(['raised'], endpoint, 'T');
      await dispatcher.run();
      await attempts(1, alarmId);
    }
    const alarmId = await queue(['raised'], endpoint, 'T');
    await dispatcher.run();
    await until(async () => (await states(alarmId)).every(({ detail }) => detail?.startsWith('not tried')));
    expect(channels.attempts).toHaveLength(5);
    expect(await states(alarmId)).toMatchObject([{ state: 'due', attempts: 0 }]);
    const release: (() => void)[] = [];
    channels.answer = () => new Promise(resolve => release.push(() => resolve(accepted)));
    clock.advance(31_000);
    await dispatcher.run();
    await until(() => dispatcher.underWayNow === 1);
    expect(channels.attempts).toHaveLength(6);
    channels.answer = () => accepted;
    for (const go of release) go();
    clock.advance(31_000);
    await until(async () => {
      await dispatcher.run();
      return (await stores.outbox.due()) === 0;
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
