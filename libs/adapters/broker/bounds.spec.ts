// What all clients together may make the broker remember: past it something is refused and counted, and nobody starves.
import { afterEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ISubackPacket } from 'mqtt-packet';
import type { Verdict } from './broker-policy.js';
import { Replays } from './replays.js';
import { RetainedMessages } from './retained.js';
import { OpenBroker, publishPacket, type RawClient, until } from './testing/open-broker.js';
import { Held } from './testing/recording-policy.js';

Logger.overrideLogger(false);

describe('all clients together', () => {
  let house: OpenBroker;

  afterEach(() => house.close());

  async function open(limits: ConstructorParameters<typeof OpenBroker>[0]): Promise<void> {
    house = new OpenBroker({ burst: 100_000, ...limits });
    house.policy.isOpen = true;
    await house.open();
  }

  async function listener(id: string, topic: string): Promise<RawClient> {
    const client = await house.login(id, false);
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] });
    await until(() => client.of('suback').length === 1);
    return client;
  }

  async function away(id: string, topic: string): Promise<void> {
    const client = await listener(id, topic);
    const before = house.link.connections();
    client.socket.destroy();
    await until(() => house.link.connections() < before);
  }

  async function say(topic: string, count: number, payload = 'x'): Promise<void> {
    const speaker = await house.login(`speaker of ${topic}`);
    for (let n = 1; n <= count; n += 1) speaker.send(publishPacket(topic, payload, n));
    await until(() => speaker.of('puback').length === count);
  }

  /** Those that waited for it, all acknowledged. */
  async function fetched(id: string, topic: string): Promise<number> {
    const client = await listener(id, topic);
    const heard = client.of('publish');
    for (const { messageId = 0 } of heard) client.send({ cmd: 'puback', messageId });
    client.send({ cmd: 'pingreq' });
    await until(() => client.of('pingresp').length === 1);
    return heard.length;
  }

  it('are owed so many messages; then who has many gets no more, and who has few still does', async () => {
    await open({ queuedInAll: 30 });
    await away('chatty', 'a');
    await away('quiet', 'b');
    await say('a', 50);
    expect(house.broker.queued).toBe(30);
    expect(house.count('refused.queues-full')).toBe(20);
    await say('b', 20);
    expect(house.broker.queued).toBe(46);
    expect(house.count('refused.queues-full')).toBe(24);
    expect(await fetched('chatty', 'a')).toBe(30);
    await until(() => house.broker.queued === 16);
    await say('b', 5);
    expect(house.broker.queued).toBe(21);
    expect(house.count('refused.queue-full')).toBe(0);
  });

  it('are owed so many bytes, over a restart too, and none for a session that is over', async () => {
    await open({ queuedInAllBytes: 10_000 });
    await away('chatty', 'a');
    await say('a', 100, 'x'.repeat(400));
    expect(house.broker.queued).toBe(25);
    house = await house.restarted({ queuedInAllBytes: 10_000 });
    expect(house.broker.queued).toBe(25);
    await house.login('chatty', true);
    expect(house.broker.queued).toBe(0);
  });

  it('leave nothing behind that was owed to a clean session', async () => {
    await open({});
    const client = await house.login('clean');
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a', qos: 1 }] });
    await until(() => client.of('suback').length === 1);
    await say('a', 10);
    await until(() => client.of('publish').length === 10);
    expect(house.broker.queued).toBe(10);
    client.socket.destroy();
    await until(() => house.broker.queued === 0);
  });

  it('may subscribe to so many filters, and to others again once some are given up', async () => {
    await open({ filtersInAll: 3 });
    await away('first', 'a');
    const client = await house.login('second');
    const granted = async (messageId: number, ...topics: string[]) => {
      const subscriptions = topics.map(topic => ({ topic, qos: 0 as const }));
      client.send({ cmd: 'subscribe', messageId, subscriptions });
      await until(() => client.of('suback').length === messageId);
      return (client.of('suback')[messageId - 1] as ISubackPacket).granted;
    };
    expect(await granted(1, 'b', 'c', 'd')).toEqual([0, 0, 0x80]);
    expect(await granted(2, 'b')).toEqual([0]);
    client.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['c'] });
    await until(() => client.of('unsuback').length === 1);
    expect(await granted(3, 'd', 'e')).toEqual([0, 0x80]);
    expect(house.count('refused.filters-full')).toBe(2);
  });

  it('retain no more small messages than there is room for', async () => {
    await open({ retainedBytes: 2_000 });
    const speaker = await house.login('speaker');
    for (let n = 1; n <= 20; n += 1) {
      speaker.send(publishPacket(`t/${n}`, 'x', n, { retain: true }));
      await until(() => speaker.of('puback').length === n);
    }
    expect(house.count('refused.retained-full')).toBe(11);
  });

  it('retain no more when all of them are stored in one moment, and none of what was not stored', async () => {
    await open({ retainedBytes: 2_000 });
    const [lost, kept] = [new Held<Verdict>(), new Held<Verdict>()];
    house.policy.verdict = ({ topic }) => (topic.startsWith('lost') ? lost : kept).promise;
    const unlucky = await house.login('unlucky');
    const speaker = await house.login('speaker');
    const retain = (client: RawClient, prefix: string) =>
      client.send(
        ...Array.from({ length: 20 }, (_, n) =>
          publishPacket(`${prefix}/${n}`, 'x', n + 1, { retain: true }),
        ),
      );
    retain(unlucky, 'lost');
    await until(() => house.policy.received.length === 20);
    expect(house.count('refused.retained-full')).toBe(11);
    lost.resolve('unavailable');
    await until(() => unlucky.closed);
    retain(speaker, 't');
    await until(() => house.policy.received.length === 40);
    expect(house.count('refused.retained-full')).toBe(22);
    kept.resolve('stored');
    await until(() => speaker.of('puback').length === 20);
    const reader = await listener('reader', '#');
    await until(() => reader.of('publish').length === 9);
  });
});

describe('what is retained, for one who subscribes again and again and reads nothing', () => {
  it('waits once a filter, and not at all for a filter that was given up', () => {
    const retained = new RetainedMessages(10_000);
    for (const topic of ['a', 'b']) retained.put({ topic, payload: new Uint8Array([1]), qos: 0 });
    const replays = new Replays(retained, () => {});
    for (let n = 0; n < 1_000; n += 1) {
      replays.add('a', 0);
      replays.add('b', 0);
      replays.drop('b');
    }
    const sent: string[] = [];
    replays.go(
      () => true,
      ({ topic }) => sent.push(topic),
    );
    expect(sent).toEqual(['a']);
  });
});
