// Sessions that outlive their connection, and the process: what was promised before is kept after.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Hall, idOf, present, publishes } from './testing/hall.js';
import { publishPacket, type RawClient, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

const heard = (client: RawClient) =>
  publishes(client).map(({ payload, qos, dup }) => `${payload} q${qos}${dup ? ' dup' : ''}`);

describe('a kept session', () => {
  const hall = new Hall();
  const { keeper, gone, settled, restart } = hall;

  beforeEach(() => hall.open());
  afterEach(() => hall.close());

  /** By a speaker who goes again. */
  const say = async (topic: string, payload: string, qos: 1 | 2 = 1) =>
    gone(await hall.say(topic, payload, { qos }));

  it('is present at the next connection, even without a subscription, and at none after a clean one', async () => {
    const first = await keeper('alpha');
    expect(present(first)).toBe(false);
    await gone(first);
    const second = await keeper('alpha');
    expect(present(second)).toBe(true);
    await gone(second);
    const clean = await hall.house.login('alpha', true);
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
      const before = hall.house.policy.received.length;
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
        hall.house.policy.verdict = once;
        const first = await keeper('alpha');
        first.send(publishPacket('a', 'x', 7, { qos: 2 }));
        await until(() => first.of('pubrec').length === 1);
        await gone(first);
        hall.house.policy.received.length = 0;
        await pass();
        hall.house.policy.verdict = once;
        const back = await keeper('alpha');
        back.send(publishPacket('a', 'x', 7, { qos: 2, dup: true }));
        await until(() => back.of('pubrec').length === 1);
        expect(hall.house.policy.received).toEqual([]);
      },
    );

    it('gets retained messages as they were', async () => {
      const speaker = await hall.house.login('speaker');
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
});
