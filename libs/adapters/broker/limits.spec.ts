// Every limit of the broker, pushed: past it there is a refusal, a counter, and everybody else goes on.
import { afterEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { generate } from 'mqtt-packet';
import type { Verdict } from './broker-policy.js';
import type { BrokerLimits } from './broker-settings.js';
import { connectPacket, OpenBroker, publishPacket, until } from './testing/open-broker.js';
import { Held } from './testing/recording-policy.js';

Logger.overrideLogger(false);

const topic = 'v1/devices/gas-1/telemetry';

/** A fixed header that declares `length` bytes, and nothing of them. */
function header(type: number, length: number): Buffer {
  const bytes = [type];
  for (let rest = length; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

describe('a limit of the broker', () => {
  let house: OpenBroker;

  afterEach(() => house.close());

  async function open(limits: Partial<BrokerLimits> = {}, exempt: readonly string[] = ['127.0.0.1']) {
    house = await new OpenBroker(limits, exempt).open();
    return house;
  }

  it('refuses a giant packet by its declared length, before any of it has come', async () => {
    await open();
    const gas = await house.login('gas-1');
    gas.socket.write(header(0x32, 200 * 1024 * 1024));
    await until(() => gas.closed);
    expect(house.count('refused.packet-too-long')).toBe(1);
  });

  it('takes a packet of exactly the longest length', async () => {
    await open({ packetBytes: 1_000 });
    const gas = await house.login('gas-1');
    const overhead = 2 + topic.length + 2;
    gas.send(publishPacket(topic, Buffer.alloc(1_000 - overhead), 1));
    await until(() => gas.of('puback').length === 1);
    gas.send(publishPacket(topic, Buffer.alloc(1_001 - overhead), 2));
    await until(() => gas.closed);
    expect(house.policy.received).toHaveLength(1);
  });

  it('finds the length of a packet that comes one byte at a time', async () => {
    await open({ packetBytes: 1_000 });
    const gas = await house.login('gas-1');
    for (const byte of header(0x32, 1_001)) {
      gas.socket.write(Uint8Array.of(byte));
      await new Promise(resolve => setImmediate(resolve));
    }
    await until(() => gas.closed);
    expect(house.count('refused.packet-too-long')).toBe(1);
  });

  it('refuses a length of more than four bytes', async () => {
    await open();
    const gas = await house.login('gas-1');
    gas.socket.write(Uint8Array.of(0x32, 0xff, 0xff, 0xff, 0xff, 0x01));
    await until(() => gas.closed);
    expect(house.count('refused.remaining-length')).toBe(1);
  });

  it('refuses a CONNECT of more than 64 KB, and anything else before it', async () => {
    await open();
    const [long, early] = await Promise.all([house.socket(), house.socket()]);
    long.socket.write(header(0x10, 64 * 1024 + 1));
    early.send(publishPacket(topic, '1', 1));
    await until(() => long.closed && early.closed);
    expect(house.count('refused.packet-too-long')).toBe(1);
    expect(house.count('refused.not-connect-first')).toBe(1);
    expect(house.policy.received).toEqual([]);
  });

  it('waits for a CONNECT only so long', async () => {
    await open({ connectMs: 1_000 });
    const idle = await house.socket();
    const slow = await house.socket();
    slow.socket.write(header(0x10, 100));
    const gas = await house.login('gas-1');
    await until(() => idle.closed && slow.closed);
    expect(house.count('refused.connect-too-late')).toBe(2);
    gas.send(publishPacket(topic, '1', 1));
    await until(() => gas.of('puback').length === 1);
  });

  it('reads a chatterbox no faster than it may speak, and loses nothing of it', async () => {
    await open({ messagesPerS: 100, burst: 10 });
    const gas = await house.login('gas-1');
    const neighbour = await house.login('gas-2');
    const began = performance.now();
    for (let n = 1; n <= 40; n += 1) {
      gas.send(publishPacket(topic, String(n), n));
      await new Promise(resolve => setImmediate(resolve));
    }
    neighbour.send(publishPacket('v1/devices/gas-2/telemetry', '1', 1));
    await until(() => neighbour.of('puback').length === 1);
    await until(() => gas.of('puback').length === 40);
    const own = house.policy.received.filter(({ clientId }) => clientId === 'gas-1');
    expect(own.map(({ payload }) => Number(payload))).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(performance.now() - began).toBeGreaterThan(100);
    expect(house.count('refused.rate')).toBeGreaterThan(0);
  });

  it('waits for the rest of a packet that was begun only so long', async () => {
    await open({ packetMs: 1_000 });
    const [stuck, dripping, gas] = [
      await house.login('gas-1'),
      await house.login('gas-2'),
      await house.login('gas-3'),
    ];
    stuck.send(publishPacket('v1/devices/gas-1/telemetry', '1', 1));
    stuck.socket.write(header(0x32, 100));
    const drops = generate(publishPacket('v1/devices/gas-2/telemetry', 'x'.repeat(90), 1));
    let dripped = 0;
    const drip = setInterval(() => dripping.socket.write(drops.subarray(dripped, ++dripped)), 20);
    await until(() => stuck.closed && dripping.closed);
    clearInterval(drip);
    expect(house.count('refused.packet-too-late')).toBe(2);
    expect(dripped).toBeGreaterThan(2);
    gas.send(publishPacket('v1/devices/gas-3/telemetry', '1', 1));
    await until(() => gas.of('puback').length === 1);
  });

  it('does not hold against a client what it has sent and nobody reads', async () => {
    await open({ packetMs: 500, unansweredMessages: 1 });
    const held = new Held<Verdict>();
    house.policy.verdict = () => held.promise;
    const gas = await house.login('gas-1');
    const [whole, begun] = [publishPacket(topic, '1', 1), generate(publishPacket(topic, '2', 2))];
    gas.socket.write(Buffer.concat([generate(whole), begun.subarray(0, 10)]));
    await until(() => house.policy.received.length === 1);
    gas.socket.write(begun.subarray(10));
    await new Promise(resolve => setTimeout(resolve, 1_000));
    expect(gas.closed).toBe(false);
    held.resolve('stored');
    await until(() => gas.of('puback').length === 2);
  });

  it('has room for so many whose login is not through; the longest silent goes first', async () => {
    await open({ waitingLogins: 3 });
    const silent = [await house.socket(), await house.socket(), await house.socket()];
    const gas = await house.login('gas-1');
    await until(() => silent[0]?.closed === true);
    expect(silent.map(({ closed }) => closed)).toEqual([true, false, false]);
    expect(house.count('refused.crowded-out')).toBe(1);
    // Whoever is logged in takes no place.
    for (const id of ['gas-2', 'gas-3', 'gas-4']) await house.login(id);
    expect(house.count('refused.crowded-out')).toBe(1);
    gas.send(publishPacket(topic, '1', 1));
    await until(() => gas.of('puback').length === 1);
  });

  it('serves devices through a flood of sockets that never say a word', async () => {
    await open({ waitingLogins: 20 });
    const flood = await Promise.all(Array.from({ length: 200 }, () => house.socket()));
    await until(() => house.count('refused.crowded-out') >= 180);
    const gas = await house.login('gas-1');
    gas.send(publishPacket(topic, '1', 1));
    await until(() => gas.of('puback').length === 1);
    expect(flood.filter(({ closed }) => !closed).length).toBeLessThanOrEqual(20);
  });

  it('takes so many filters in one packet', async () => {
    await open({ filtersPerPacket: 3 });
    const filters = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ topic: `v1/devices/gas-1/${n}`, qos: 0 as const }));
    const gas = await house.login('gas-1');
    gas.send({ cmd: 'subscribe', messageId: 1, subscriptions: filters(3) });
    await until(() => gas.of('suback').length === 1);
    gas.send({ cmd: 'subscribe', messageId: 2, subscriptions: filters(4) });
    await until(() => gas.closed);
    expect(house.count('refused.filters-too-many')).toBe(1);
  });

  it('closes on a topic, a filter or a will topic that is too long', async () => {
    await open({ topicBytes: 40 });
    const long = `v1/devices/gas-1/${'x'.repeat(24)}`;
    const [says, hears, leaves] = [
      await house.login('gas-1'),
      await house.login('gas-2'),
      await house.socket(),
    ];
    says.send(publishPacket(long, '1', 1));
    hears.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: long, qos: 0 }] });
    leaves.send({
      ...connectPacket('gas-3'),
      will: { topic: long, payload: Buffer.of(), qos: 0 },
    } as Parameters<typeof leaves.send>[0]);
    await until(() => says.closed && hears.closed && leaves.closed);
    expect(house.count('refused.topic-too-long')).toBe(3);
    expect(house.policy.received).toEqual([]);
  });

  it('reads no faster a client that sends other packets beyond the rate', async () => {
    await open({ packetsPerS: 100 });
    const gas = await house.login('gas-1');
    for (let n = 0; n < 130; n += 1) gas.send({ cmd: 'pingreq' });
    await until(() => house.count('refused.rate') > 0);
    await until(() => gas.of('pingresp').length === 130);
    expect(gas.closed).toBe(false);
  });

  it('closes on a topic with too many levels', async () => {
    await open();
    const gas = await house.login('gas-1');
    gas.send(publishPacket('v1/devices/gas-1/a/b/c/d/e/f', '1', 1));
    await until(() => gas.closed);
    await until(() => house.count('refused.topic-levels') === 1);
  });

  it('drops a client that does not read what it is told', async () => {
    await open({ unreadMs: 200 });
    const camera = await house.login('camera-1');
    camera.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: [{ topic: 'v1/devices/camera-1/command', qos: 0 }],
    });
    await until(() => camera.of('suback').length === 1);
    camera.socket.pause();
    const bulk = { kind: 'command', body: { id: 'x'.repeat(64_000), name: 'identify', epoch: 1 } } as const;
    while (house.link.tell('camera-1', bulk)) await new Promise(resolve => setImmediate(resolve));
    await until(() => house.count('refused.reader-frozen') === 1);
    await until(() => !house.link.isConnected('camera-1'));
  });

  it('checks no more logins of an address that fails too often, except of who has logged in from there', async () => {
    await open({ failedLoginsPerMinute: 3 }, []);
    const regular = await house.login('gas-1');
    regular.socket.destroy();
    const attempts = [];
    for (let n = 0; n < 5; n += 1) {
      const stranger = await house.socket();
      stranger.send({ ...connectPacket('nobody'), username: 'somebody' } as Parameters<
        typeof stranger.send
      >[0]);
      await until(() => stranger.closed);
      attempts.push((stranger.of('connack')[0] as { returnCode: number }).returnCode);
    }
    expect(attempts).toEqual([5, 5, 5, 3, 3]);
    expect(house.policy.logins).toHaveLength(4);
    expect(house.count('refused.login-rate')).toBe(2);
    await house.login('gas-1');
  });

  it('takes only so many connections of one address, exempt ones aside', async () => {
    await open({ connectionsPerAddress: 2 }, []);
    const [first] = [await house.login('gas-1'), await house.login('gas-2')];
    const third = await house.socket();
    await until(() => third.closed);
    expect(house.count('refused.address-full')).toBe(1);
    first.socket.destroy();
    await until(() => house.link.connections() === 1);
    await house.login('gas-3');
  });

  it('survives bytes that are no MQTT at all', async () => {
    await open();
    const noise = await house.login('gas-1');
    noise.socket.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    await until(() => noise.closed);
    const gas = await house.login('gas-2');
    gas.send(publishPacket('v1/devices/gas-2/telemetry', '1', 1));
    await until(() => gas.of('puback').length === 1);
  });

  it('names the port that is busy, and the setting', async () => {
    await open();
    const second = new OpenBroker({}, [], house.port);
    await expect(second.broker.listen()).rejects.toMatchObject({
      code: 'port-busy',
      message: expect.stringMatching(new RegExp(`${house.port}.*MQTT_PORT`)),
    });
    await second.broker.stop();
  });
});
