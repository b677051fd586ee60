// What a client answers to a message: in its turn it is taken, out of its turn it ends the connection.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { IPublishPacket } from 'mqtt-packet';
import type { Clause } from './clauses.js';
import { OpenBroker, publishPacket, type RawClient, until } from './testing/open-broker.js';

Logger.overrideLogger(false);

type Answer = 'puback' | 'pubrec' | 'pubcomp';

const flows: readonly (readonly [qos: 1 | 2, answers: readonly Answer[], broken: Clause | null])[] = [
  [1, ['puback'], null],
  [1, ['puback', 'puback'], null],
  [1, ['pubrec'], 'MQTT-4.3.2-2'],
  [1, ['pubcomp'], 'MQTT-4.3.2-2'],
  [2, ['pubrec', 'pubcomp'], null],
  [2, ['pubrec', 'pubrec', 'pubcomp'], null],
  [2, ['pubrec', 'pubcomp', 'pubcomp'], null],
  [2, ['puback'], 'MQTT-4.3.3-2'],
  [2, ['pubcomp'], 'MQTT-4.3.3-2'],
  [2, ['pubrec', 'puback'], 'MQTT-4.3.3-2'],
];

describe('an answer to a message', () => {
  let house: OpenBroker;
  let speaker: RawClient;
  let messages = 0;

  beforeAll(async () => {
    house = new OpenBroker();
    house.policy.isOpen = true;
    await house.open();
    speaker = await house.login('speaker');
  });

  afterAll(() => house.close());

  /** A client that was sent one message of this QoS. */
  async function listener(qos: 1 | 2): Promise<{ client: RawClient; messageId: number }> {
    messages += 1;
    const client = await house.login(`listener-${messages}`);
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'news', qos }] });
    await until(() => client.of('suback').length === 1);
    speaker.send(publishPacket('news', '1', messages, { qos: 2 }));
    await until(() => client.of('publish').length === 1);
    const { messageId = 0 } = client.of('publish')[0] as IPublishPacket;
    return { client, messageId };
  }

  it.each(flows)('of QoS %d by %j breaks %s', async (qos, answers, broken) => {
    const { client, messageId } = await listener(qos);
    const before = broken && house.count(`clause.${broken}`);
    for (const [turn, cmd] of answers.entries()) {
      client.send({ cmd, messageId });
      if (cmd === 'pubrec' && !broken) await until(() => client.of('pubrel').length > turn);
    }
    client.send({ cmd: 'pingreq' });
    await until(() => client.closed || client.of('pingresp').length === 1);
    expect(client.closed).toBe(broken !== null);
    if (broken) expect(house.count(`clause.${broken}`)).toBe((before ?? 0) + 1);
    client.socket.destroy();
  });

  it('is free of any rate while a message waits for it, and only then', async () => {
    const slow = await new OpenBroker({ packetsPerS: 5, burst: 1_000, messagesPerS: 1_000 }).open();
    slow.policy.isOpen = true;
    const [said, heard] = [await slow.login('speaker-2'), await slow.login('listener-2')];
    heard.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'news', qos: 1 }] });
    await until(() => heard.of('suback').length === 1);
    for (let n = 1; n <= 50; n += 1) said.send(publishPacket('news', `${n}`, n));
    await until(() => heard.of('publish').length === 50);
    for (const packet of heard.of('publish')) heard.send({ cmd: 'puback', messageId: packet.messageId ?? 0 });
    heard.send({ cmd: 'pingreq' });
    await until(() => heard.of('pingresp').length === 1);
    expect(slow.count('refused.rate')).toBe(0);
    for (let n = 0; n < 10; n += 1) {
      heard.send({ cmd: 'puback', messageId: 1 });
      await new Promise(resolve => setImmediate(resolve));
    }
    await until(() => slow.count('refused.rate') > 0);
    await slow.close();
  });
});
