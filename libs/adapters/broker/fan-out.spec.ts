// What those who subscribed hear of what the others say: MQTT 3.1.1 as a client sees it.
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

describe('the fan-out', () => {
  const hall = new Hall();
  const { listener, settled, say } = hall;

  beforeEach(() => hall.open());
  afterEach(() => hall.close());

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
    const speaker = await hall.house.login('speaker');
    for (const n of numbers(500)) speaker.send(publishPacket('a', String(n), n));
    await until(() => heard(client).length === 500);
    expect(publishes(client).map(({ payload }) => Number(payload))).toEqual(numbers(500));
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
    hall.house.policy.verdict = async ({ payload }) => (String(payload) === 'bad' ? 'malformed' : 'stored');
    await say('a', 'bad');
    hall.house.policy.verdict = async () => 'unavailable';
    const speaker = await hall.house.login('speaker');
    speaker.send(publishPacket('a', 'lost', 1));
    await until(() => speaker.closed);
    hall.house.policy.verdict = async () => 'stored';
    await say('a', 'good');
    await settled(client);
    expect(heard(client)).toEqual(['a good q1']);
  });

  describe('says the will', () => {
    const will = { topic: 'wills', payload: Buffer.from('gone'), qos: 1, retain: true } as const;

    it('of a client that vanished, to those who listen and those who come later', async () => {
      const client = await listener('hearer', { wills: 1 });
      const gone = await hall.house.connect('gone', { will });
      gone.stream.destroy();
      await until(() => heard(client).length === 1);
      expect(heard(client)).toEqual(['wills gone q1']);
      const late = await listener('late', { wills: 1 });
      await until(() => heard(late).length === 1);
      expect(heard(late)).toEqual(['wills gone q1 retained']);
    });

    it('of nobody who said goodbye', async () => {
      const client = await listener('hearer', { wills: 1 });
      const gone = await hall.house.connect('gone', { will });
      await gone.endAsync();
      await until(() => hall.house.policy.departures.length === 1);
      await settled(client);
      expect(heard(client)).toEqual([]);
    });
  });
});
