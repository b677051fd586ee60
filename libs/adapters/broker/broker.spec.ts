// What a client sees of the broker, over TCP, TLS and WebSocket.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ErrorWithReasonCode } from 'mqtt';
import { topicOf } from '#codecs/wire';
import type { Verdict } from './broker-policy.js';
import { OpenBroker, type Transport, until } from './testing/open-broker.js';
import { Held } from './testing/recording-policy.js';

Logger.overrideLogger(false);

describe.each<Transport>(['tcp', 'tls', 'ws'])('the broker over %s', transport => {
  let house: OpenBroker;

  beforeEach(async () => {
    house = await new OpenBroker().open();
    if (transport === 'tls') await house.secure();
  });

  afterEach(() => house.close());

  it('takes a message from a device and acknowledges it', async () => {
    const gas = await house.connect('gas-1', {}, transport);
    await gas.publishAsync('v1/devices/gas-1/telemetry', '{"n":1}', { qos: 1 });
    expect(house.policy.received).toEqual([
      { clientId: 'gas-1', topic: 'v1/devices/gas-1/telemetry', payload: '{"n":1}' },
    ]);
  });

  it('acknowledges nothing before it is stored', async () => {
    const storing = new Held<Verdict>();
    house.policy.verdict = () => storing.promise;
    const gas = await house.connect('gas-1', {}, transport);
    let acknowledged = false;
    const publishing = gas.publishAsync('v1/devices/gas-1/telemetry', '{}', { qos: 1 }).then(() => {
      acknowledged = true;
    });
    await until(() => house.policy.received.length === 1);
    // A ping that comes back shows that the broker had every occasion to answer.
    await new Promise(resolve => {
      gas.once('packetreceive', resolve);
      gas.sendPing();
    });
    expect(acknowledged).toBe(false);
    storing.resolve('stored');
    await publishing;
  });

  it('refuses an unknown device and a wrong secret in the same words', async () => {
    const refusals = await Promise.all(
      [
        { clientId: 'nobody', username: 'nobody', password: 'x' },
        { clientId: 'gas-1', username: 'gas-1', password: 'x' },
        { clientId: 'gas-1', username: 'gas-2', password: 'x' },
        { clientId: 'gas-1' },
      ].map(identity =>
        house.connect('', { username: undefined, password: undefined, ...identity }, transport).then(
          () => 'let in',
          (fault: ErrorWithReasonCode) => `${fault.code} ${fault.message}`,
        ),
      ),
    );
    expect(new Set(refusals)).toEqual(new Set(['5 Connection refused: Not authorized']));
    expect(house.count('refused.credentials')).toBe(4);
    expect(house.link.connections()).toBe(0);
  });

  it('tells an MQTT 5 client that it speaks 3.1.1 only', async () => {
    const attempt = house.connect('gas-1', { protocolVersion: 5 }, transport);
    await expect(attempt).rejects.toThrow(/protocol version/i);
    expect(house.policy.logins).toEqual([]);
    await until(() => house.count('refused.protocol-version') === 1);
  });

  it('refuses a forbidden filter with 0x80 and keeps the connection', async () => {
    const gas = await house.connect('gas-1', {}, transport);
    const filters = ['v1/devices/gas-1/command', 'v1/devices/gas-2/command', '#', '$SYS/#'];
    const granted = await new Promise(resolve => {
      gas.once('packetreceive', packet => resolve(packet.cmd === 'suback' ? packet.granted : packet.cmd));
      gas.subscribe(filters, { qos: 1 }, () => {});
    });
    expect(granted).toEqual([1, 0x80, 0x80, 0x80]);
    expect(house.count('refused.filter-forbidden')).toBe(3);
    expect(house.policy.subscriptions).toEqual([{ clientId: 'gas-1', filter: 'v1/devices/gas-1/command' }]);
    await gas.publishAsync('v1/devices/gas-1/telemetry', '{}', { qos: 1 });
  });

  it('closes the connection of a device that publishes on foreign ground', async () => {
    const gas = await house.connect('gas-1', {}, transport);
    const closed = new Promise(resolve => gas.once('close', () => resolve(true)));
    gas.publish('v1/devices/gas-2/telemetry', '{}', { qos: 1 }, () => {});
    expect(await closed).toBe(true);
    expect(house.policy.received).toEqual([]);
    expect(house.count('refused.publish-forbidden')).toBe(1);
  });

  it('carries a message to those who were granted its topic, and to nobody else', async () => {
    const gas = await house.connect('gas-1', {}, transport);
    const twin = await house.connect('hub-1', {}, transport);
    const heard: string[] = [];
    for (const [name, client] of Object.entries({ gas, twin }))
      client.on('message', topic => heard.push(`${name} ${topic}`));
    const filters = ['#', 'v1/devices/+/telemetry', 'v1/devices/gas-1/telemetry'];
    await gas.subscribeAsync(filters, { qos: 1 }).catch(() => {});
    await twin.subscribeAsync(filters, { qos: 1 }).catch(() => {});
    await twin.publishAsync('v1/devices/hub-1/telemetry', '{}', { qos: 1, retain: true });
    await gas.publishAsync('v1/devices/gas-1/telemetry', '{}', { qos: 1, retain: true });
    await until(() => heard.length > 0);
    expect(heard).toEqual(['gas v1/devices/gas-1/telemetry']);
  });

  it('tells a device what is for it, marking what is retained only right after the subscription', async () => {
    house.policy.whenSubscribed = ({ clientId }) => {
      house.link.tell(clientId, { kind: 'binding', body: { state: 'unbound', epoch: 0 } });
    };
    const gas = await house.connect('gas-1', {}, transport);
    const other = await house.connect('gas-2', {}, transport);
    const heard: { topic: string; retain: boolean; qos: number; payload: string }[] = [];
    gas.on('message', (topic, payload, { retain, qos }) =>
      heard.push({ topic, retain, qos, payload: payload.toString() }),
    );
    other.on('message', topic => heard.push({ topic, retain: false, qos: 0, payload: 'to the wrong one' }));
    await other.subscribeAsync(topicOf('gas-2', 'command'), { qos: 1 });
    await gas.subscribeAsync(topicOf('gas-1', 'binding'), { qos: 1 });
    await until(() => heard.length === 1);
    expect(house.link.tell('gas-1', { kind: 'binding', body: { state: 'bound', epoch: 1 } })).toBe(true);
    await until(() => heard.length === 2);
    const topic = topicOf('gas-1', 'binding');
    expect(heard).toEqual([
      { topic, retain: true, qos: 1, payload: '{"state":"unbound","epoch":0}' },
      { topic, retain: false, qos: 1, payload: '{"state":"bound","epoch":1}' },
    ]);
  });

  it('says when a message has no way to its device', async () => {
    const command = { kind: 'command', body: { id: 'c1', name: 'identify', epoch: 1 } } as const;
    expect(house.link.tell('gas-1', command)).toBe(false);
    const gas = await house.connect('gas-1', {}, transport);
    expect(house.link.isConnected('gas-1')).toBe(true);
    expect(house.link.tell('gas-1', command)).toBe(false);
    await gas.subscribeAsync(topicOf('gas-1', 'command'), { qos: 1 });
    expect(house.link.tell('gas-1', command)).toBe(true);
    await gas.unsubscribeAsync(topicOf('gas-1', 'command'));
    expect(house.link.tell('gas-1', command)).toBe(false);
  });

  it('reaches a child through its hub, and ends the connection when told', async () => {
    house.policy.children.set('hub-1', ['door-7']);
    const hub = await house.connect('hub-1', {}, transport);
    const heard: string[] = [];
    hub.on('message', topic => heard.push(topic));
    await hub.subscribeAsync(topicOf('door-7', 'command'), { qos: 1 });
    await hub.publishAsync('v1/devices/door-7/telemetry', '{}', { qos: 1 });
    expect(
      house.link.tell('door-7', { kind: 'command', body: { id: 'c1', name: 'identify', epoch: 1 } }),
    ).toBe(true);
    await until(() => heard.length === 1);
    const closed = new Promise(resolve => hub.once('close', () => resolve(true)));
    house.link.disconnect('hub-1');
    expect(await closed).toBe(true);
    await until(() => house.link.connections() === 0);
    expect(house.link.isConnected('door-7')).toBe(false);
  });

  it('lets a second connection of one identity end the first, and counts it', async () => {
    const first = await house.connect('gas-1', { will: will('gas-1') }, transport);
    const closed = new Promise(resolve => first.once('close', () => resolve(true)));
    const second = await house.connect('gas-1', { will: will('gas-1') }, transport);
    expect(await closed).toBe(true);
    expect(house.count('takeovers')).toBe(1);
    await until(() => house.policy.departures.length === 1);
    // The first one's will would say offline of a device that is there.
    expect(house.policy.departures[0]?.will).toBeNull();
    await second.publishAsync('v1/devices/gas-1/telemetry', '{}', { qos: 1 });
    expect(house.link.isConnected('gas-1')).toBe(true);
    expect(house.link.connections()).toBe(1);
  });

  it('hands the will of a client that vanished to the policy, and to nobody else', async () => {
    const watcher = await house.connect('gas-2', {}, transport);
    const heard: string[] = [];
    watcher.on('message', topic => heard.push(topic));
    await watcher.subscribeAsync('v1/devices/gas-2/status', { qos: 1 });
    const gas = await house.connect('gas-2-probe', { will: will('gas-2-probe') }, transport);
    gas.stream.destroy();
    await until(() => house.policy.departures.length === 1);
    expect(house.policy.departures[0]?.will).toMatchObject({
      topic: 'v1/devices/gas-2-probe/status',
      retain: true,
    });
    expect(heard).toEqual([]);
  });

  it('keeps quiet about the will of a client that said goodbye', async () => {
    const gas = await house.connect('gas-1', { will: will('gas-1') }, transport);
    await gas.endAsync();
    await until(() => house.policy.departures.length === 1);
    expect(house.policy.departures[0]?.will).toBeNull();
  });

  it('does not let in a client whose will is for foreign ground', async () => {
    await expect(house.connect('gas-1', { will: will('gas-2') }, transport)).rejects.toThrow(
      /Not authorized/,
    );
    expect(house.count('refused.will-forbidden')).toBe(1);
  });

  it('stops without a will, after answering what it has taken in', async () => {
    const storing = new Held<Verdict>();
    house.policy.verdict = () => storing.promise;
    const gas = await house.connect('gas-1', { will: will('gas-1') }, transport);
    const idle = await house.connect('gas-2', { will: will('gas-2') }, transport);
    const acknowledged = gas.publishAsync('v1/devices/gas-1/telemetry', '{}', { qos: 1 });
    await until(() => house.policy.received.length === 1);
    const stopped = house.broker.stop();
    await expect(house.connect('gas-3', { connectTimeout: 1_000 }, transport)).rejects.toThrow();
    storing.resolve('stored');
    await Promise.all([acknowledged, stopped]);
    await until(() => house.policy.departures.length === 2);
    expect(house.policy.departures.map(({ will }) => will)).toEqual([null, null]);
    await until(() => !idle.connected);
  });
});

function will(id: string) {
  return {
    topic: `v1/devices/${id}/status`,
    payload: Buffer.from('{"online":false,"boot":1}'),
    qos: 1,
    retain: true,
  } as const;
}
