// What is retained, as who subscribes later hears it (MQTT 3.1.1 §3.3.1.3).
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Hall, publishes } from './testing/hall.js';
import { publishPacket, type RawClient, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const heard = (client: RawClient) =>
  publishes(client).map(
    ({ topic, payload, qos, retain, dup }) =>
      `${topic} ${payload} q${qos}${retain ? ' retained' : ''}${dup ? ' dup' : ''}`,
  );

describe('the broker', () => {
  const hall = new Hall();
  const { listener, subscribe, settled, say, reopen } = hall;

  beforeEach(() => hall.open());
  afterEach(() => hall.close());

  describe('retains', () => {
    it('the last message of a topic for who comes later, marked, and again at every subscription', async () => {
      await say('a/1', 'old', { retain: true });
      await say('a/1', 'new', { retain: true });
      await say('a/2', 'other', { retain: true, qos: 0 });
      const client = await listener('hearer', { 'a/+': 1 });
      await settled(client);
      const once = ['a/1 new q1 retained', 'a/2 other q0 retained'];
      expect(heard(client)).toEqual(once);
      await subscribe(client, { 'a/+': 1 });
      await settled(client);
      expect(heard(client)).toEqual([...once, ...once]);
    });

    it('and carries it unmarked to who listens already', async () => {
      const client = await listener('hearer', { a: 1 });
      await say('a', 'x', { retain: true });
      await until(() => heard(client).length === 1);
      expect(heard(client)).toEqual(['a x q1']);
    });

    it('nothing any more after an empty message, which is itself carried', async () => {
      await say('a', 'x', { retain: true });
      const early = await listener('early', { a: 1 });
      await say('a', '', { retain: true });
      await until(() => heard(early).length === 2);
      expect(heard(early)).toEqual(['a x q1 retained', 'a  q1']);
      const late = await listener('late', { a: 1 });
      await settled(late);
      expect(heard(late)).toEqual([]);
    });

    it('what was stored while its subscriber came, so that he misses nothing', async () => {
      let store = () => {};
      hall.house.policy.verdict = () => new Promise(resolve => (store = () => resolve('stored')));
      const speaker = await hall.house.login('speaker');
      speaker.send(publishPacket('a', 'x', 1, { retain: true }));
      await until(() => hall.house.policy.received.length === 1);
      const client = await listener('hearer', { a: 1 });
      store();
      await until(() => heard(client).length === 1);
      expect(heard(client)).toEqual(['a x q1']);
    });

    it('as much as it may and no more, and counts the rest', async () => {
      await reopen({ retainedBytes: 230 });
      await say('a', 'x'.repeat(20), { retain: true });
      await say('b', 'x'.repeat(20), { retain: true });
      await say('a', 'y'.repeat(25), { retain: true });
      const client = await listener('hearer', { '#': 1 });
      await settled(client);
      expect(heard(client)).toEqual([`a ${'y'.repeat(25)} q1 retained`]);
      expect(hall.house.count('refused.retained-full')).toBe(1);
    });

    it('thousands of topics, and gives them out as fast as they are read and acknowledged', async () => {
      await reopen({ queuedPerClient: 100, unreadBytes: 100_000 });
      const speaker = await hall.house.login('speaker');
      const count = 3_000;
      for (const n of numbers(count))
        speaker.send(publishPacket(`t/${n}`, 'x'.repeat(100), n, { retain: true }));
      await until(() => speaker.of('puback').length === count);
      const client = await hall.house.connect('hearer', {});
      const topics = new Set<string>();
      client.on('message', topic => topics.add(topic));
      await client.subscribeAsync('#', { qos: 1 });
      await until(() => topics.size === count);
      expect(hall.house.count('refused.queue-full')).toBe(0);
    });
  });
});
