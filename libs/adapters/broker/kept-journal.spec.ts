// What of kept sessions is stored, and when: before anybody is told that it is, and no more than it takes.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { connectAs, Hall, idOf, publishes } from './testing/hall.js';
import { publishPacket, type RawClient, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

const heard = (client: RawClient) =>
  publishes(client).map(({ payload, qos, dup }) => `${payload} q${qos}${dup ? ' dup' : ''}`);

describe('a kept session', () => {
  const hall = new Hall();
  const { keeper, gone, settled } = hall;

  beforeEach(() => hall.open());
  afterEach(() => hall.close());

  /** By a speaker who goes again. */
  const say = async (topic: string, payload: string, qos: 1 | 2 = 1) =>
    gone(await hall.say(topic, payload, { qos }));

  it.each([
    ['a copy', 'queue', false],
    ['what is retained', 'retain', true],
  ] as const)('has %s stored before the speaker is acknowledged', async (_, kind, retain) => {
    await gone(await keeper('alpha', { a: 1 }));
    let write = () => {};
    hall.house.journal.gate = () => new Promise(resolve => (write = resolve));
    const speaker = await hall.house.login('speaker');
    speaker.send(publishPacket('a', 'x', 1, { retain }));
    await until(() => hall.house.policy.received.length === 1);
    await settled(speaker);
    expect(speaker.of('puback')).toEqual([]);
    expect(hall.house.journal.count(kind)).toBe(0);
    write();
    await until(() => speaker.of('puback').length === 1);
    expect(hall.house.journal.count(kind)).toBe(1);
  });

  it('is granted a filter once that is stored, and closed when it cannot be', async () => {
    const client = await keeper('alpha');
    hall.house.journal.isDown = true;
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 1 }] });
    await until(() => client.closed);
    expect(client.of('suback')).toEqual([]);
    expect(hall.house.count('refused.store-unavailable')).toBe(1);
    const refused = await hall.house.socket();
    refused.send({ ...connectAs('beta'), clean: false });
    await until(() => refused.closed);
    expect(refused.of('connack')).toEqual([]);
  });

  it('leaves nothing in the store when it is clean, and no copy of QoS 0', async () => {
    const clean = await hall.house.login('clean', true);
    clean.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 2 }] });
    const kept = await keeper('kept', { a: 0 });
    const before = hall.house.journal.written.length;
    await say('a', 'x', 2);
    await until(() => clean.of('publish').length === 1 && kept.of('publish').length === 1);
    clean.send({ cmd: 'pubrec', messageId: idOf(clean) });
    await until(() => clean.of('pubrel').length === 1);
    clean.send({ cmd: 'pubcomp', messageId: idOf(clean) });
    await settled(clean);
    expect(hall.house.journal.written).toHaveLength(before);
  });

  it('is not written again for a device that comes back with nothing waiting for it', async () => {
    await gone(await keeper('alpha', { a: 1 }));
    const before = hall.house.journal.written.length;
    await gone(await keeper('alpha'));
    await gone(await keeper('alpha'));
    expect(hall.house.journal.written).toHaveLength(before);
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
    hall.house.policy.verdict = () => new Promise(resolve => (store = () => resolve('stored')));
    const first = await keeper('alpha');
    first.send(publishPacket('b', 'x', 1));
    await until(() => hall.house.policy.received.length === 1);
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
    hall.house.policy.maySubscribe = (_, filter) => filter !== 'a';
    const back = await keeper('alpha');
    await say('a', 'z');
    await settled(back);
    expect(heard(back)).toEqual(['y q1']);
    expect(hall.house.journal.count('unsubscribe')).toBe(1);
  });
});
