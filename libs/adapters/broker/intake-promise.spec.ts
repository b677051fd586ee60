// Acknowledged means stored, in order, once: what the broker promises whoever stands behind it, byte by byte.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Verdict } from './broker-policy.js';
import { connectPacket, OpenBroker, publishPacket, type RawClient, until } from './testing/open-broker.js';
import { BatchingStore, Held } from './testing/recording-policy.js';

Logger.overrideLogger(false);

const topic = 'v1/devices/gas-1/telemetry';
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const acknowledged = (client: RawClient) =>
  client.of('puback').map(packet => (packet as { messageId: number }).messageId);

describe('what the broker promises the intake', () => {
  let house: OpenBroker;

  beforeEach(async () => {
    house = await new OpenBroker({ burst: 100_000, unreadMs: 3_600_000 }).open();
  });

  afterEach(() => house.close());

  it('keeps a client’s order through a store that commits in batches: 500 messages, no inversion', async () => {
    const store = new BatchingStore();
    house.policy.verdict = () => store.join();
    const gas = await house.login('gas-1');
    gas.send(...numbers(500).map(n => publishPacket(topic, String(n), n)));
    await until(() => gas.of('puback').length === 500);
    expect(house.policy.received.map(({ payload }) => Number(payload))).toEqual(numbers(500));
    expect(acknowledged(gas)).toEqual(numbers(500));
    expect(store.batches.length).toBeGreaterThan(1);
    expect(Math.max(...store.batches)).toBeGreaterThan(1);
  });

  it('keeps the order of what came in one piece with the CONNECT, and of what came right after', async () => {
    const gas = await house.socket();
    const first = numbers(150).map(n => publishPacket(topic, String(n), n));
    gas.send(connectPacket('gas-1'), ...first);
    await until(() => house.policy.logins.length === 1);
    gas.send(...numbers(50).map(n => publishPacket(topic, String(n + 150), n + 150)));
    await until(() => gas.of('puback').length === 200);
    expect(house.policy.received.map(({ payload }) => Number(payload))).toEqual(numbers(200));
  });

  it('acknowledges nothing that the store did not take, and closes so that it comes again', async () => {
    house.policy.verdict = async ({ payload }) => (String(payload) === '2' ? 'unavailable' : 'stored');
    const gas = await house.login('gas-1');
    gas.send(...numbers(4).map(n => publishPacket(topic, String(n), n)));
    await until(() => gas.closed);
    expect(acknowledged(gas)).not.toContain(2);
    expect(acknowledged(gas)).not.toContain(3);
    expect(house.count('refused.store-unavailable')).toBe(1);
  });

  it('takes a rejection of the policy for a store that is down', async () => {
    house.policy.verdict = () => Promise.reject(new Error('disk full'));
    const gas = await house.login('gas-1');
    gas.send(publishPacket(topic, '1', 1));
    await until(() => gas.closed);
    expect(acknowledged(gas)).toEqual([]);
    expect(house.count('refused.store-unavailable')).toBe(1);
  });

  it('holds every will back while the store is down, and believes them again after', async () => {
    const options = {
      will: { topic: 'v1/devices/gas-2/status', payload: Buffer.from('{}'), qos: 1, retain: true },
    } as const;
    house.policy.verdict = async () => 'unavailable';
    const bystander = await house.connect('gas-2', options);
    const gas = await house.login('gas-1');
    gas.send(publishPacket(topic, '1', 1));
    await until(() => gas.closed);
    bystander.stream.destroy();
    await until(() => house.policy.departures.length === 2);
    expect(house.policy.departures.map(({ will }) => will)).toEqual([null, null]);

    house.policy.verdict = async () => 'stored';
    const back = await house.connect('gas-2', options);
    await back.publishAsync('v1/devices/gas-2/telemetry', '{}', { qos: 1 });
    back.stream.destroy();
    await until(() => house.policy.departures.length === 3);
    expect(house.policy.departures[2]?.will).not.toBeNull();
  });

  it('believes no will of a client whose message it left unanswered', async () => {
    const storing = new Held<Verdict>();
    house.policy.verdict = () => storing.promise;
    const gas = await house.connect('gas-1', {
      will: { topic: 'v1/devices/gas-1/status', payload: Buffer.from('{}'), qos: 1, retain: true },
    });
    gas.publish(topic, '1', { qos: 1 }, () => {});
    await until(() => house.policy.received.length === 1);
    gas.stream.destroy();
    await until(() => house.policy.departures.length === 1);
    expect(house.policy.departures[0]?.will).toBeNull();
    storing.resolve('stored');
  });

  it('acknowledges a malformed message once, and goes on', async () => {
    house.policy.verdict = async ({ payload }) => (String(payload) === 'nonsense' ? 'malformed' : 'stored');
    const gas = await house.login('gas-1');
    gas.send(publishPacket(topic, 'nonsense', 1), publishPacket(topic, '{}', 2));
    await until(() => gas.of('puback').length === 2);
    expect(acknowledged(gas)).toEqual([1, 2]);
    expect(gas.closed).toBe(false);
    expect(house.count('malformed')).toBe(1);
  });

  it('runs a QoS 2 message once for all its repetitions, over two connections, until the PUBREL', async () => {
    const storing = new Held<Verdict>();
    house.policy.verdict = () => storing.promise;
    const once = (payload: string, dup: boolean) => publishPacket(topic, payload, 7, { qos: 2, dup });
    const gas = await house.login('gas-1', false);
    gas.send(once('a', false), once('a', true));
    await until(() => house.count('messages') === 2);
    storing.resolve('stored');
    await until(() => gas.of('pubrec').length === 2);
    gas.socket.destroy();

    const again = await house.login('gas-1', false);
    again.send(once('a', true));
    await until(() => again.of('pubrec').length === 1);
    expect(house.policy.received.map(({ payload }) => payload)).toEqual(['a']);
    expect(house.count('duplicates')).toBe(2);

    again.send({ cmd: 'pubrel', messageId: 7 });
    await until(() => again.of('pubcomp').length === 1);
    again.send(once('b', false));
    await until(() => again.of('pubrec').length === 2);
    expect(house.policy.received.map(({ payload }) => payload)).toEqual(['a', 'b']);
  });

  it('runs a QoS 2 message again that the store did not take', async () => {
    house.policy.verdict = async () => 'unavailable';
    const gas = await house.login('gas-1', false);
    gas.send(publishPacket(topic, 'a', 7, { qos: 2 }));
    await until(() => gas.closed);
    house.policy.verdict = async () => 'stored';
    const again = await house.login('gas-1', false);
    again.send(publishPacket(topic, 'a', 7, { qos: 2, dup: true }));
    await until(() => again.of('pubrec').length === 1);
    expect(house.policy.received).toHaveLength(2);
  });

  it('hears a burst although another client has stopped reading', async () => {
    const frozen = await house.login('camera-1');
    frozen.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [{ topic: 'v1/devices/camera-1/command', qos: 0 }],
    });
    await until(() => frozen.of('suback').length === 1);
    frozen.socket.pause();
    const bulk = { kind: 'command', body: { id: 'x'.repeat(64_000), name: 'identify', epoch: 1 } } as const;
    while (house.link.tell('camera-1', bulk)) await new Promise(resolve => setImmediate(resolve));
    expect(house.count('refused.output-full')).toBe(1);

    const gas = await house.login('gas-1');
    gas.send(...numbers(50).map(n => publishPacket(topic, String(n), n)));
    await until(() => gas.of('puback').length === 50);
    // Nobody has waited for it.
    expect(frozen.closed).toBe(false);
  });

  it('sends a command again to a client that comes back without having acknowledged it, and no stale clock', async () => {
    const gas = await house.login('gas-1', false);
    const filters = ['command', 'config'].map(kind => ({
      topic: `v1/devices/gas-1/${kind}`,
      qos: 1 as const,
    }));
    gas.send({ cmd: 'subscribe', messageId: 1, subscriptions: filters });
    await until(() => house.policy.subscriptions.length === 2);
    house.link.tell('gas-1', { kind: 'config', body: { now: 1, epoch: 1, intervalS: 60 } });
    house.link.tell('gas-1', { kind: 'command', body: { id: 'c1', name: 'identify', epoch: 1 } });
    await until(() => gas.of('publish').length === 2);
    gas.socket.destroy();

    const again = await house.login('gas-1', false);
    await until(() => again.of('publish').length === 1);
    expect(again.of('publish')[0]).toMatchObject({ topic: 'v1/devices/gas-1/command', dup: true, qos: 1 });
    // The kept session listens as before.
    await until(() => house.policy.subscriptions.length === 4);
    expect(house.link.tell('gas-1', { kind: 'config', body: { now: 2, epoch: 1, intervalS: 60 } })).toBe(
      true,
    );
    await until(() => again.of('publish').length === 2);
  });
});
