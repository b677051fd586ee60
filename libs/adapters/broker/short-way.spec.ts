// Messages that the gate takes in by itself are answered as if Aedes had taken them.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { generate } from 'mqtt-packet';
import type { Verdict } from './broker-policy.js';
import { connectPacket, OpenBroker, publishPacket, type RawClient, until } from './testing/open-broker.js';
import { Held } from './testing/recording-policy.js';

Logger.overrideLogger(false);

const topic = 'v1/devices/gas-1/telemetry';
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const acknowledged = (client: RawClient) =>
  client.of('puback').map(packet => ('messageId' in packet ? packet.messageId : undefined));

describe('a message that does not pass through Aedes', () => {
  let house: OpenBroker;

  beforeEach(async () => {
    house = await new OpenBroker({ burst: 100_000 }).open();
  });

  afterEach(() => house.close());

  it('is acknowledged in its order among those that do', async () => {
    const stored = new Held<Verdict>();
    house.policy.verdict = () => stored.promise;
    const gas = await house.login('gas-1');
    // One of QoS 2 in between, and what follows it in the same piece, go the long way.
    const whole = [1, 2, 3, 4, 5].map(n => publishPacket(topic, String(n), n, { qos: n === 4 ? 2 : 1 }));
    gas.send(...whole);
    await until(() => house.policy.received.length === 5);
    stored.resolve('stored');
    await until(() => gas.of('puback').length === 4 && gas.of('pubrec').length === 1);
    expect(acknowledged(gas)).toEqual([1, 2, 3, 5]);
    expect(house.policy.received.map(({ payload }) => String(payload))).toEqual(['1', '2', '3', '4', '5']);
  });

  it.each([1, 11, 40])('keeps its order when the bytes are cut within it, after %d others', async before => {
    const gas = await house.login('gas-1');
    const packets = numbers(before + 100).map(n => generate(publishPacket(topic, String(n), n)));
    const bytes = Buffer.concat(packets);
    const cut = Buffer.concat(packets.slice(0, before)).length + 7;
    gas.socket.write(bytes.subarray(0, cut));
    await until(() => house.policy.received.length === before);
    gas.socket.write(bytes.subarray(cut));
    await until(() => gas.of('puback').length === packets.length);
    expect(house.policy.received.map(({ payload }) => Number(payload))).toEqual(numbers(packets.length));
  });

  it('goes where its own topic leads, however like the one before it is', async () => {
    const gas = await house.login('gas-1');
    const topics = [topic, topic.replace('telemetry', 'telemetrx'), topic];
    gas.send(...topics.map((each, index) => publishPacket(each, '{}', index + 1)));
    await until(() => gas.of('puback').length === 3);
    expect(house.policy.received.map(received => received.topic)).toEqual(topics);
  });

  it('is forbidden where its client may not speak, though the one before was not', async () => {
    const gas = await house.login('gas-1');
    gas.send(publishPacket(topic, '{}', 1), publishPacket(topic.replace('gas-1', 'gas-2'), '{}', 2));
    await until(() => gas.closed);
    expect(house.policy.received.map(received => received.topic)).toEqual([topic]);
    expect(house.count('refused.publish-forbidden')).toBe(1);
  });

  it('keeps its client alive', async () => {
    const gas = await house.socket();
    gas.send(connectPacket('gas-1', true, 1));
    await until(() => gas.of('connack').length === 1);
    const began = performance.now();
    let said = 0;
    const speaking = setInterval(() => {
      said += 1;
      gas.send(publishPacket(topic, String(said), said));
    }, 200);
    // A silent one would be ended after one and a half times its keep-alive.
    await until(() => gas.closed || performance.now() - began > 2_500);
    clearInterval(speaking);
    expect(gas.closed).toBe(false);
    await until(() => gas.closed);
  });

  it('is answered before the broker stops', async () => {
    const stored = new Held<Verdict>();
    house.policy.verdict = () => stored.promise;
    const gas = await house.login('gas-1');
    gas.send(...numbers(3).map(n => publishPacket(topic, String(n), n)));
    await until(() => house.policy.received.length === 3);
    const stopping = house.broker.stop();
    stored.resolve('stored');
    await stopping;
    await until(() => gas.closed);
    expect(acknowledged(gas)).toEqual([1, 2, 3]);
  });

  it('that is of QoS 0 is taken in, and answered by nothing', async () => {
    const gas = await house.login('gas-1');
    gas.send(...numbers(100).map(n => publishPacket(topic, String(n), 0, { qos: 0 })));
    gas.send(publishPacket(topic, 'last', 7));
    await until(() => gas.of('puback').length === 1);
    expect(house.policy.received).toHaveLength(101);
    expect(gas.packets.map(({ cmd }) => cmd)).toEqual(['connack', 'puback']);
  });
});
