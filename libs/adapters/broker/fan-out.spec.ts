// What those who subscribed hear of what the others say: MQTT 3.1.1 as a client sees it, and nobody waiting for a frozen one.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { IPublishPacket } from 'mqtt-packet';
import type { BrokerLimits } from './broker-settings.js';
import { OpenBroker, publishPacket, type RawClient, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the fan-out', () => {
  let house: OpenBroker;

  beforeEach(() => open());
  afterEach(() => house.close());

  async function open(limits: Partial<BrokerLimits> = {}): Promise<void> {
    house = new OpenBroker({ burst: 100_000, messagesPerS: 100_000, ...limits });
    house.policy.isOpen = true;
    await house.open();
  }

  async function reopen(limits: Partial<BrokerLimits>): Promise<void> {
    await house.close();
    await open(limits);
  }

  /** Granted once this resolves. */
  async function listener(id: string, filters: Record<string, 0 | 1 | 2>, clean = true): Promise<RawClient> {
    const client = await house.login(id, clean);
    await subscribe(client, filters);
    return client;
  }

  async function subscribe(client: RawClient, filters: Record<string, 0 | 1 | 2>): Promise<void> {
    const before = client.of('suback').length;
    const subscriptions = Object.entries(filters).map(([topic, qos]) => ({ topic, qos }));
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    await until(() => client.of('suback').length > before);
  }

  /** All that was sent to a client before the answer to this ping. */
  async function settled(client: RawClient): Promise<void> {
    const before = client.of('pingresp').length;
    client.send({ cmd: 'pingreq' });
    await until(() => client.of('pingresp').length > before);
  }

  const heard = (client: RawClient) =>
    (client.of('publish') as IPublishPacket[]).map(
      ({ topic, payload, qos, retain, dup }) =>
        `${topic} ${payload} q${qos}${retain ? ' retained' : ''}${dup ? ' dup' : ''}`,
    );

  async function say(topic: string, payload: string, options: Parameters<typeof publishPacket>[3] = {}) {
    const speaker = await house.login(`speaker-${speakers++}`);
    speaker.send(publishPacket(topic, payload, 1, options));
    if (options.qos === 0) await settled(speaker);
    else await until(() => speaker.of(options.qos === 2 ? 'pubrec' : 'puback').length === 1);
    if (options.qos === 2) speaker.send({ cmd: 'pubrel', messageId: 1 });
    return speaker;
  }
  let speakers = 0;

  it.each([
    ['a/b', 'a/b', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a', false],
    ['a/#', 'a', true],
    ['#', 'a/b', true],
    ['#', '$SYS/a', false],
    ['+/a', '$SYS/a', false],
    ['$SYS/#', '$SYS/a', true],
    ['+', '/a', false],
    ['+/+', '/a', true],
  ])('carries for the filter %s a message on %s: %s', async (filter, topic, isHeard) => {
    const client = await listener('hearer', { [filter]: 0, fence: 0 });
    await say(topic, 'x');
    await say('fence', 'x');
    await until(() => heard(client).includes('fence x q0'));
    expect(heard(client)).toEqual([...(isHeard ? [`${topic} x q0`] : []), 'fence x q0']);
  });

  it.each([
    [0, 0, 0],
    [0, 2, 0],
    [1, 0, 0],
    [1, 1, 1],
    [1, 2, 1],
    [2, 1, 1],
    [2, 2, 2],
  ] as const)(
    'carries what is said with QoS %d to a subscription of QoS %d with QoS %d',
    async (said, asked, carried) => {
      const client = await listener('hearer', { a: asked });
      await say('a', 'x', { qos: said });
      await until(() => heard(client).length === 1);
      expect(heard(client)).toEqual([`a x q${carried}`]);
    },
  );

  it('sends one copy for overlapping subscriptions, with the highest QoS', async () => {
    const client = await listener('hearer', { 'a/+': 0, 'a/b': 1, '#': 0 });
    await say('a/b', 'x');
    await settled(client);
    expect(heard(client)).toEqual(['a/b x q1']);
  });

  it('carries a client’s own words back to it', async () => {
    const client = await listener('hearer', { a: 1 });
    client.send(publishPacket('a', 'x', 7));
    await until(() => heard(client).length === 1);
    await until(() => client.of('puback').length === 1);
  });

  it('carries nothing more once a filter is given up', async () => {
    const client = await listener('hearer', { a: 0 });
    client.send({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['a'] });
    await until(() => client.of('unsuback').length === 1);
    await say('a', 'x');
    await settled(client);
    expect(heard(client)).toEqual([]);
  });

  it('keeps the order of one speaker: 500 messages, no inversion', async () => {
    const client = await listener('hearer', { a: 1 });
    const speaker = await house.login('speaker');
    for (const n of numbers(500)) speaker.send(publishPacket('a', String(n), n));
    await until(() => heard(client).length === 500);
    expect((client.of('publish') as IPublishPacket[]).map(({ payload }) => Number(payload))).toEqual(
      numbers(500),
    );
  });

  it('gives QoS 2 its four steps, once', async () => {
    const client = await listener('hearer', { a: 2 });
    await say('a', 'x', { qos: 2 });
    await until(() => heard(client).length === 1);
    const { messageId = 0 } = client.of('publish')[0] ?? {};
    client.send({ cmd: 'pubrec', messageId });
    await until(() => client.of('pubrel').length === 1);
    expect(client.of('pubrel')[0]).toMatchObject({ messageId });
    client.send({ cmd: 'pubcomp', messageId });
    await settled(client);
    expect(heard(client)).toHaveLength(1);
  });

  it('carries nothing that was malformed, and nothing before it is stored', async () => {
    const client = await listener('hearer', { a: 1 });
    house.policy.verdict = async ({ payload }) => (String(payload) === 'bad' ? 'malformed' : 'stored');
    await say('a', 'bad');
    house.policy.verdict = async () => 'unavailable';
    const speaker = await house.login('speaker');
    speaker.send(publishPacket('a', 'lost', 1));
    await until(() => speaker.closed);
    house.policy.verdict = async () => 'stored';
    await say('a', 'good');
    await settled(client);
    expect(heard(client)).toEqual(['a good q1']);
  });

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
      house.policy.verdict = () => new Promise(resolve => (store = () => resolve('stored')));
      const speaker = await house.login('speaker');
      speaker.send(publishPacket('a', 'x', 1, { retain: true }));
      await until(() => house.policy.received.length === 1);
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
      expect(house.count('refused.retained-full')).toBe(1);
    });

    it('thousands of topics, and gives them out as fast as they are read and acknowledged', async () => {
      await reopen({ queuedPerClient: 100, unreadBytes: 100_000 });
      const speaker = await house.login('speaker');
      const count = 3_000;
      for (const n of numbers(count))
        speaker.send(publishPacket(`t/${n}`, 'x'.repeat(100), n, { retain: true }));
      await until(() => speaker.of('puback').length === count);
      const client = await house.connect('hearer', {});
      const topics = new Set<string>();
      client.on('message', topic => topics.add(topic));
      await client.subscribeAsync('#', { qos: 1 });
      await until(() => topics.size === count);
      expect(house.count('refused.queue-full')).toBe(0);
    });
  });

  describe('bounds what a client has not read', () => {
    const bulk = 'x'.repeat(60_000);

    it('drops a copy for a frozen reader, and delays neither another reader nor the speaker', async () => {
      await reopen({ unreadMs: 60_000 });
      const frozen = await listener('frozen', { '#': 0 });
      const other = await listener('other', { '#': 0 });
      frozen.socket.pause();
      const speaker = await house.login('speaker');
      for (const n of numbers(200)) speaker.send(publishPacket('a', `${n} ${bulk}`, n));
      await until(() => speaker.of('puback').length === 200);
      await until(() => other.of('publish').length === 200);
      expect(house.count('refused.output-full')).toBeGreaterThan(0);
      expect(frozen.closed).toBe(false);
    });

    it('ends a reader that has not read for long, and counts it', async () => {
      await reopen({ unreadMs: 100 });
      const frozen = await listener('frozen', { '#': 0 });
      frozen.socket.pause();
      const speaker = await house.login('speaker');
      let n = 0;
      while (house.count('refused.reader-frozen') === 0) {
        n += 1;
        speaker.send(publishPacket('a', bulk, n));
        await until(() => speaker.of('puback').length === n);
      }
      await until(() => house.link.connections() === 1);
    });

    it('keeps so many messages that it does not acknowledge, drops the newest beyond, and counts them', async () => {
      await reopen({ queuedPerClient: 10 });
      const silent = await listener('silent', { a: 1 });
      const speaker = await house.login('speaker');
      for (const n of numbers(15)) speaker.send(publishPacket('a', String(n), n));
      await until(() => speaker.of('puback').length === 15);
      await settled(silent);
      expect(silent.of('publish')).toHaveLength(10);
      expect(house.count('refused.queue-full')).toBe(5);
      const { messageId = 0 } = silent.of('publish')[0] ?? {};
      silent.send({ cmd: 'puback', messageId });
      await settled(silent);
      speaker.send(publishPacket('a', 'after', 20));
      await until(() => silent.of('publish').length === 11);
    });

    it('grants so many filters to one client', async () => {
      await reopen({ filtersPerClient: 2 });
      const client = await listener('hearer', { a: 0, b: 0, c: 0 });
      expect(client.of('suback')[0]).toMatchObject({ granted: [0, 0, 0x80] });
      await subscribe(client, { a: 1 });
      expect(client.of('suback')[1]).toMatchObject({ granted: [1] });
      expect(house.count('refused.filters-full')).toBe(1);
    });
  });

  describe('says the will', () => {
    const will = { topic: 'wills', payload: Buffer.from('gone'), qos: 1, retain: true } as const;

    it('of a client that vanished, to those who listen and those who come later', async () => {
      const client = await listener('hearer', { wills: 1 });
      const gone = await house.connect('gone', { will });
      gone.stream.destroy();
      await until(() => heard(client).length === 1);
      expect(heard(client)).toEqual(['wills gone q1']);
      const late = await listener('late', { wills: 1 });
      await until(() => heard(late).length === 1);
      expect(heard(late)).toEqual(['wills gone q1 retained']);
    });

    it('of nobody who said goodbye', async () => {
      const client = await listener('hearer', { wills: 1 });
      const gone = await house.connect('gone', { will });
      await gone.endAsync();
      await until(() => house.policy.departures.length === 1);
      await settled(client);
      expect(heard(client)).toEqual([]);
    });
  });
});
