// Sessions that outlive their connection, and the process: what was promised before is kept after.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { IConnackPacket, IPublishPacket } from 'mqtt-packet';
import { remainsOf } from '#domain/devices';
import { OpenBroker, publishPacket, type RawClient, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

const dayMs = 86_400_000;

describe('a kept session', () => {
  let house: OpenBroker;

  beforeEach(async () => {
    house = new OpenBroker({ burst: 100_000 });
    house.policy.isOpen = true;
    await house.open();
  });
  afterEach(() => house.close());

  async function restart(limits = {}): Promise<void> {
    house = await house.restarted(limits);
  }

  /** Connected with clean session 0, and subscribed. */
  async function keeper(id: string, filters: Record<string, 0 | 1 | 2> = {}): Promise<RawClient> {
    const client = await house.login(id, false);
    const subscriptions = Object.entries(filters).map(([topic, qos]) => ({ topic, qos }));
    if (subscriptions.length === 0) return client;
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    await until(() => client.of('suback').length === 1);
    return client;
  }

  async function gone(client: RawClient): Promise<void> {
    const before = house.link.connections();
    client.socket.destroy();
    await until(() => house.link.connections() < before);
  }

  async function settled(client: RawClient): Promise<void> {
    const before = client.of('pingresp').length;
    client.send({ cmd: 'pingreq' });
    await until(() => client.of('pingresp').length > before);
  }

  async function say(topic: string, payload: string, qos: 1 | 2 = 1): Promise<void> {
    const speaker = await house.login('speaker');
    speaker.send(publishPacket(topic, payload, 1, { qos }));
    await until(() => speaker.of(qos === 1 ? 'puback' : 'pubrec').length === 1);
    await gone(speaker);
  }

  const present = (client: RawClient) => (client.of('connack')[0] as IConnackPacket).sessionPresent;
  const publishes = (client: RawClient) => client.of('publish') as IPublishPacket[];
  const heard = (client: RawClient) =>
    publishes(client).map(({ payload, qos, dup }) => `${payload} q${qos}${dup ? ' dup' : ''}`);
  const idOf = (client: RawClient, place = 0) => publishes(client)[place]?.messageId ?? 0;

  it('is present at the next connection, even without a subscription, and at none after a clean one', async () => {
    const first = await keeper('alpha');
    expect(present(first)).toBe(false);
    await gone(first);
    const second = await keeper('alpha');
    expect(present(second)).toBe(true);
    await gone(second);
    const clean = await house.login('alpha', true);
    expect(present(clean)).toBe(false);
    await gone(clean);
    expect(present(await keeper('alpha'))).toBe(false);
  });

  describe.each([
    ['in one process', async () => {}],
    ['over a restart', () => restart()],
  ] as const)('%s', (_, pass) => {
    it('hears later what was said while it was away, in order, and nothing of QoS 0', async () => {
      await gone(await keeper('alpha', { 'a/+': 1, b: 2, c: 0 }));
      for (const [topic, payload] of [
        ['a/1', 'one'],
        ['b', 'two'],
        ['c', 'three'],
        ['a/2', 'four'],
      ] as const)
        await say(topic, payload, topic === 'b' ? 2 : 1);
      await pass();
      const back = await keeper('alpha');
      await settled(back);
      expect(present(back)).toBe(true);
      expect(heard(back)).toEqual(['one q1', 'two q2', 'four q1']);
    });

    it('listens as before without a SUBSCRIBE, and to nothing it has given up', async () => {
      const first = await keeper('alpha', { a: 1, b: 1 });
      first.send({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['b'] });
      await until(() => first.of('unsuback').length === 1);
      await gone(first);
      await pass();
      const back = await keeper('alpha');
      await say('b', 'not this');
      await say('a', 'this');
      await until(() => back.of('publish').length === 1);
      expect(heard(back)).toEqual(['this q1']);
    });

    it('is sent again what it has not acknowledged, under the same identifiers and marked, and only that', async () => {
      const first = await keeper('alpha', { a: 1 });
      for (const payload of ['one', 'two', 'three']) await say('a', payload);
      await until(() => first.of('publish').length === 3);
      first.send({ cmd: 'puback', messageId: idOf(first, 1) });
      await settled(first);
      const ids = [idOf(first, 0), idOf(first, 2)];
      await gone(first);
      await say('a', 'four');
      await pass();
      const back = await keeper('alpha');
      await settled(back);
      expect(heard(back)).toEqual(['one q1 dup', 'three q1 dup', 'four q1']);
      expect(
        publishes(back)
          .slice(0, 2)
          .map(({ messageId }) => messageId),
      ).toEqual(ids);
    });

    it('is sent the PUBREL of what it has received, and never that message again', async () => {
      const first = await keeper('alpha', { a: 2 });
      await say('a', 'x', 2);
      await until(() => first.of('publish').length === 1);
      const messageId = idOf(first);
      first.send({ cmd: 'pubrec', messageId });
      await until(() => first.of('pubrel').length === 1);
      await gone(first);
      await pass();
      const back = await keeper('alpha');
      await until(() => back.of('pubrel').length === 1);
      expect(back.of('pubrel')[0]).toMatchObject({ messageId });
      back.send({ cmd: 'pubcomp', messageId });
      await settled(back);
      await gone(back);
      const again = await keeper('alpha');
      await settled(again);
      expect([...heard(back), ...heard(again), again.of('pubrel').length]).toEqual([0]);
    });

    it('says a QoS 2 message once, however often it repeats it before the PUBREL', async () => {
      const first = await keeper('alpha');
      first.send(publishPacket('a', 'x', 7, { qos: 2 }));
      await until(() => first.of('pubrec').length === 1);
      await gone(first);
      const before = house.policy.received.length;
      await pass();
      const listener = await keeper('listener', { a: 2 });
      const back = await keeper('alpha');
      back.send(publishPacket('a', 'x', 7, { qos: 2, dup: true }));
      await until(() => back.of('pubrec').length === 1);
      back.send({ cmd: 'pubrel', messageId: 7 });
      await until(() => back.of('pubcomp').length === 1);
      await settled(listener);
      expect(heard(listener)).toEqual([]);
      back.send(publishPacket('a', 'another', 7, { qos: 2 }));
      await until(() => listener.of('publish').length === 1);
      expect(heard(listener)).toEqual(['another q2']);
      expect(before).toBe(1);
    });

    it.each(['passed', 'malformed'] as const)(
      'says a QoS 2 message once that was %s, although nothing else of it is stored',
      async verdict => {
        const once = async () => verdict;
        house.policy.verdict = once;
        const first = await keeper('alpha');
        first.send(publishPacket('a', 'x', 7, { qos: 2 }));
        await until(() => first.of('pubrec').length === 1);
        await gone(first);
        house.policy.received.length = 0;
        await pass();
        house.policy.verdict = once;
        const back = await keeper('alpha');
        back.send(publishPacket('a', 'x', 7, { qos: 2, dup: true }));
        await until(() => back.of('pubrec').length === 1);
        expect(house.policy.received).toEqual([]);
      },
    );

    it('gets retained messages as they were', async () => {
      const speaker = await house.login('speaker');
      speaker.send(
        publishPacket('r/1', 'x', 1, { retain: true }),
        publishPacket('r/2', 'y', 2, { retain: true }),
      );
      speaker.send(publishPacket('r/2', '', 3, { retain: true }));
      await until(() => speaker.of('puback').length === 3);
      await gone(speaker);
      await pass();
      const client = await keeper('alpha', { 'r/#': 2 });
      await settled(client);
      expect(publishes(client).map(({ topic, retain, qos }) => [topic, retain, qos])).toEqual([
        ['r/1', true, 1],
      ]);
    });
  });

  it.each([
    ['a copy', 'queue', false],
    ['what is retained', 'retain', true],
  ] as const)('has %s stored before the speaker is acknowledged', async (_, kind, retain) => {
    await gone(await keeper('alpha', { a: 1 }));
    let write = () => {};
    house.journal.gate = () => new Promise(resolve => (write = resolve));
    const speaker = await house.login('speaker');
    speaker.send(publishPacket('a', 'x', 1, { retain }));
    await until(() => house.policy.received.length === 1);
    await settled(speaker);
    expect(speaker.of('puback')).toEqual([]);
    expect(house.journal.count(kind)).toBe(0);
    write();
    await until(() => speaker.of('puback').length === 1);
    expect(house.journal.count(kind)).toBe(1);
  });

  it('is granted a filter once that is stored, and closed when it cannot be', async () => {
    const client = await keeper('alpha');
    house.journal.isDown = true;
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 1 }] });
    await until(() => client.closed);
    expect(client.of('suback')).toEqual([]);
    expect(house.count('refused.store-unavailable')).toBe(1);
    const refused = await house.socket();
    refused.send({ ...connectAs('beta'), clean: false });
    await until(() => refused.closed);
    expect(refused.of('connack')).toEqual([]);
  });

  it('leaves nothing in the store when it is clean, and no copy of QoS 0', async () => {
    const clean = await house.login('clean', true);
    clean.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 2 }] });
    const kept = await keeper('kept', { a: 0 });
    const before = house.journal.written.length;
    await say('a', 'x', 2);
    await until(() => clean.of('publish').length === 1 && kept.of('publish').length === 1);
    clean.send({ cmd: 'pubrec', messageId: idOf(clean) });
    await until(() => clean.of('pubrel').length === 1);
    clean.send({ cmd: 'pubcomp', messageId: idOf(clean) });
    await settled(clean);
    expect(house.journal.written).toHaveLength(before);
  });

  it('is not written again for a device that comes back with nothing waiting for it', async () => {
    await gone(await keeper('alpha', { a: 1 }));
    const before = house.journal.written.length;
    await gone(await keeper('alpha'));
    await gone(await keeper('alpha'));
    expect(house.journal.written).toHaveLength(before);
  });

  it('loses nothing when one connection takes over another', async () => {
    const first = await keeper('alpha', { a: 1 });
    await say('a', 'one');
    await until(() => first.of('publish').length === 1);
    const second = await keeper('alpha');
    await until(() => first.closed);
    await say('a', 'two');
    await until(() => second.of('publish').length === 2);
    expect(heard(second)).toEqual(['one q1 dup', 'two q1']);
  });

  it('is not acknowledged what a connection said that was taken over meanwhile', async () => {
    let store = () => {};
    house.policy.verdict = () => new Promise(resolve => (store = () => resolve('stored')));
    const first = await keeper('alpha');
    first.send(publishPacket('b', 'x', 1));
    await until(() => house.policy.received.length === 1);
    const second = await keeper('alpha');
    store();
    await until(() => first.closed);
    await settled(second);
    expect([...first.of('puback'), ...second.of('puback')]).toEqual([]);
  });

  it('drops what its client may not hear any more', async () => {
    await gone(await keeper('alpha', { a: 1, b: 1 }));
    await say('a', 'x');
    await say('b', 'y');
    house.policy.maySubscribe = (_, filter) => filter !== 'a';
    const back = await keeper('alpha');
    await say('a', 'z');
    await settled(back);
    expect(heard(back)).toEqual(['y q1']);
    expect(house.journal.count('unsubscribe')).toBe(1);
  });

  describe.each([
    ['', null],
    [', over its hub', 'hub-1'],
  ])('of a device whose owner changed%s', (_, parentId) => {
    const device = { id: 'gas-1', parentId };
    const speaker = parentId ?? device.id;

    async function changeOwner(): Promise<void> {
      await house.journal.keep([{ kind: 'forget', ...remainsOf(device) }]);
      house.link.forget(remainsOf(device));
    }

    it('has nothing any more, neither queued nor retained, and what others are owed stays', async () => {
      house.policy.children.set('hub-1', ['gas-1']);
      const served = await keeper(speaker, { 'v1/devices/gas-1/command': 1 });
      const app = await keeper('app', { 'v1/devices/+/status': 1 });
      await gone(app);
      served.send(publishPacket('v1/devices/gas-1/status', 'online', 1, { retain: true }));
      await until(() => served.of('puback').length === 1);
      house.link.tell('gas-1', { kind: 'command', body: { id: 'c1', name: 'identify', epoch: 1 } });
      await until(() => served.of('publish').length === 1);
      await gone(served);
      await changeOwner();
      for (const pass of [async () => {}, () => restart()]) {
        await pass();
        const back = await keeper(speaker);
        const late = await keeper('late', { 'v1/devices/#': 1 });
        const appBack = await keeper('app');
        for (const client of [back, late, appBack]) await settled(client);
        expect([heard(back), heard(late)]).toEqual([[], []]);
        expect(publishes(appBack).map(({ payload }) => String(payload))).toEqual(['online']);
        for (const client of [back, late, appBack]) await gone(client);
      }
    });
  });

  it('is forgotten with its queue 30 days after its client was last there, and not while it is', async () => {
    await gone(await keeper('away', { a: 1 }));
    await keeper('here', { a: 1 });
    await say('a', 'x');
    house.clock.advance(29 * dayMs);
    house.broker.sweep();
    house.clock.advance(2 * dayMs);
    house.broker.sweep();
    expect(house.count('sessions.forgotten')).toBe(1);
    const now = house.clock.now();
    await restart();
    house.clock.advance(now - house.clock.now());
    house.broker.sweep();
    expect(present(await keeper('away'))).toBe(false);
    expect(present(await keeper('here'))).toBe(true);
  });

  it('is refused as unavailable when as many are kept as may be', async () => {
    await restart({ keptSessions: 1 });
    await gone(await keeper('alpha'));
    const beta = await house.socket();
    beta.send({ ...connectAs('beta'), clean: false });
    await until(() => beta.closed);
    expect(beta.of('connack')[0]).toMatchObject({ returnCode: 3 });
    expect(house.count('refused.sessions-full')).toBe(1);
    await house.login('beta', true);
    await keeper('alpha');
  });

  it('is refused to an application that has as many as one may, also after a restart, and to nobody else', async () => {
    await restart({ keptSessionsPerApplication: 2 });
    for (const name of ['app:dash', 'app:dash/2']) await gone(await keeper(name));
    await restart({ keptSessionsPerApplication: 2 });
    const third = await house.socket();
    third.send({ ...connectAs('app:dash/3'), clean: false });
    await until(() => third.closed);
    expect(third.of('connack')[0]).toMatchObject({ returnCode: 3 });
    expect(house.count('refused.application-sessions-full')).toBe(1);
    await keeper('app:dashboard');
    await keeper('alpha');
    await house.login('app:dash/3', true);
    // One that it gives up makes room.
    await gone(await house.login('app:dash/2', true));
    expect(present(await keeper('app:dash/4'))).toBe(false);
  });
});

function connectAs(clientId: string) {
  return { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId, keepalive: 0 } as const;
}
