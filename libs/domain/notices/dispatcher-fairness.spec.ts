// Who hangs, fails or is told much holds up nobody else: the dispatcher between people, endpoints and classes.
import { describe, expect, it } from '@jest/globals';
import type { AlarmClass } from '#codecs/api';
import {
  batchOf,
  deliveryOf,
  endpointOf,
  noticeOf,
  someone,
} from '../../adapters/storage/contracts/samples.contract.js';
import {
  account,
  anEndpoint,
  anotherDispatcher,
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
import { accepted } from './played-channels.fixture.js';

openAnOutbox();

describe('the dispatcher', () => {
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
    anotherDispatcher();
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
});
