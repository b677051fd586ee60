// Devices at the door, over real MQTT: what reaches the intake, what comes back, and what is kept of nonsense.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { connectAsync, type MqttClient } from 'mqtt';
import { Broker, BrokerModule, BrokerPolicy } from '#adapters/broker';
import { encodeSnapshot, topicOf } from '#codecs/wire';
import { Applications } from '#domain/applications';
import { Clock } from '#domain/clock';
import { Credentials, DeviceLink } from '#domain/devices';
import { Commands, SessionJournal } from '#domain/intake';
import { ApplicationCommands } from './application-commands.js';
import { Briefing } from './briefing.js';
import { DeviceWays } from './device-ways.js';
import { Identities } from './identities.js';
import { fakes, now, Records, secret } from './mqtt-door.fixture.js';
import { MqttDoor } from './mqtt-door.js';

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

describe('the door for devices', () => {
  let records: Records;
  let house: TestingModule;
  let url: string;
  const clients: MqttClient[] = [];

  beforeEach(async () => {
    records = new Records();
    const note = (line: unknown) => void records.lines.push(JSON.stringify(line));
    const providers = [
      ...fakes(records),
      Applications,
      ApplicationCommands,
      Commands,
      Credentials,
      Identities,
      Briefing,
      DeviceWays,
      MqttDoor,
      { provide: BrokerPolicy, useExisting: MqttDoor },
    ];
    @Global()
    @Module({ providers, exports: [BrokerPolicy, SessionJournal, Clock] })
    class Behind {}
    house = await Test.createTestingModule({
      imports: [Behind, BrokerModule.forRoot({ port: 0, host: '127.0.0.1' })],
    })
      .setLogger({ log: note, warn: note, error: note })
      .compile();
    url = `mqtt://127.0.0.1:${(await house.get(Broker).listen()).port}`;
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.end(true);
    await house.get(Broker).stop();
  });

  async function connect(id: string, options = {}): Promise<MqttClient> {
    const identity = { clientId: id, username: id, password: secret, reconnectPeriod: 0 };
    const client = await connectAsync(url, { ...identity, ...options }, false);
    clients.push(client);
    return client;
  }

  /** What the client is sent from here on, in order: `puback`, or topic, flag and payload of a message. */
  function record(client: MqttClient): string[] {
    const seen: string[] = [];
    client.on('packetreceive', packet => {
      if (packet.cmd === 'publish') seen.push(`${packet.topic} ${packet.retain} ${packet.payload}`);
      else seen.push(packet.cmd);
    });
    return seen;
  }

  async function until(condition: () => boolean): Promise<void> {
    for (let turn = 0; !condition(); turn += 1) {
      if (turn > 1_000) throw new Error(`this did not come true: ${condition}`);
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }

  it('lets a device in by its secret, with what deciding about it and its children takes', async () => {
    await connect('hub-1');
    expect(records.steps).toEqual(['prepare hub-1,door-7']);
  });

  it.each([
    ['an unknown device', { clientId: 'gas-9', username: 'gas-9' }],
    ['a wrong secret', { password: 'wrong' }],
    ['no secret', { password: undefined }],
    ['another device’s name', { clientId: 'hub-1' }],
  ])('does not let in %s', async (_, change) => {
    await expect(connect('gas-1', change)).rejects.toThrow('Not authorized');
    expect(records.steps).toEqual([]);
  });

  it('hands a reading to the intake, with the time of its receipt', async () => {
    const gas = await connect('gas-1');
    const body = { boot: 1, seq: 2, at: 5, values: { 'gas.lel': 1.5 } };
    const text = JSON.stringify(body);
    await gas.publishAsync(topicOf('gas-1', 'telemetry'), text, { qos: 1 });
    expect(records.messages).toEqual([
      { deviceId: 'gas-1', message: { kind: 'telemetry', body, text }, receivedAt: now, isResent: false },
    ]);
  });

  it('hands on what is to be retained, byte by byte', async () => {
    const gas = await connect('gas-1');
    const payload = JSON.stringify({ online: true, boot: 1 });
    await gas.publishAsync(topicOf('gas-1', 'status'), payload, { qos: 1, retain: true });
    const [message] = records.messages;
    expect(message?.changes).toEqual([
      { kind: 'retain', topic: 'v1/devices/gas-1/status', payload: Buffer.from(payload), qos: 1 },
    ]);
  });

  it('takes a child’s reading from its hub', async () => {
    const hub = await connect('hub-1');
    const body = { boot: 1, seq: 2, values: {}, bits: { 'door.open': true } };
    await hub.publishAsync(topicOf('door-7', 'telemetry'), JSON.stringify(body), { qos: 1 });
    expect(records.messages.map(({ deviceId }) => deviceId)).toEqual(['door-7']);
  });

  it.each([topicOf('hub-1', 'telemetry'), topicOf('gas-1', 'command'), 'v1/devices/gas-1/else', 'anything'])(
    'closes on a message to %s',
    async topic => {
      const gas = await connect('gas-1');
      const closed = new Promise(resolve => gas.once('close', () => resolve('closed')));
      gas.publish(topic, '{}', { qos: 1 }, () => {});
      expect(await closed).toBe('closed');
      expect(records.messages).toEqual([]);
    },
  );

  it.each([
    topicOf('hub-1', 'command'),
    topicOf('gas-1', 'telemetry'),
    'v1/devices/+/command',
    'v1/devices/gas-1/#',
    '#',
  ])('grants no subscription to %s', async filter => {
    const gas = await connect('gas-1');
    const seen = new Promise(resolve => gas.once('packetreceive', resolve));
    gas.subscribe(filter, { qos: 1 }, () => {});
    expect(await seen).toMatchObject({ cmd: 'suback', granted: [0x80] });
  });

  it('keeps nonsense as a dead letter, acknowledges it once, and says why on the reply topic', async () => {
    const gas = await connect('gas-1');
    await gas.subscribeAsync(topicOf('gas-1', 'reply'), { qos: 1 });
    const seen = record(gas);
    const payload = JSON.stringify({
      boot: 7,
      seq: 8,
      values: { 'gas.lel': 'code-4711', x: 'y'.repeat(2_000) },
    });
    gas.publish(topicOf('gas-1', 'telemetry'), payload, { qos: 1 }, () => {});
    await until(() => seen.length === 2);
    expect(seen[0]).toBe('puback');
    const reply = JSON.parse(seen[1]?.split(' ').slice(2).join(' ') ?? '');
    expect(reply).toMatchObject({ about: 'telemetry', boot: 7, seq: 8, error: { code: 'malformed' } });
    expect(reply.error.detail).toMatch(/values\.gas\.lel/);
    expect(records.steps).toEqual(['prepare gas-1', 'dead letter']);
    expect(records.deadLetters).toMatchObject([
      { deviceId: 'gas-1', kind: 'telemetry', reason: reply.error.detail, bytes: payload.length, at: now },
    ]);
    expect(records.deadLetters[0]?.payload).toHaveLength(1024);
    expect(gas.connected).toBe(true);
  });

  it.each([
    '',
    'not json',
    '[]',
    'null',
    '{"boot":1}',
    '\u0000',
    '{"boot":1,"seq":1,"values":{"__proto__":1}}',
  ])('survives %j and goes on', async payload => {
    const gas = await connect('gas-1');
    await gas.publishAsync(topicOf('gas-1', 'telemetry'), payload, { qos: 1 });
    await gas.publishAsync(topicOf('gas-1', 'status'), JSON.stringify({ online: true, boot: 1 }), { qos: 1 });
    expect(records.deadLetters).toHaveLength(1);
    expect(records.messages).toHaveLength(1);
  });

  it('says too-large of a message that is longer than its kind may be', async () => {
    const gas = await connect('gas-1');
    await gas.subscribeAsync(topicOf('gas-1', 'reply'), { qos: 1 });
    const seen = record(gas);
    gas.publish(topicOf('gas-1', 'event'), ' '.repeat(9_000), { qos: 1 }, () => {});
    await until(() => seen.length === 2);
    expect(seen[1]).toMatch(/"about":"event".*"code":"too-large"/);
  });

  it('logs the device and the reason of a malformed message, and nothing of its values', async () => {
    const gas = await connect('gas-1');
    const payload = JSON.stringify({ boot: 1, seq: 1, event: 'Code-4711', nonce: 'nonce-4711' });
    await gas.publishAsync(topicOf('gas-1', 'event'), payload, { qos: 1 });
    const lines = records.lines.filter(line => line.includes('mqtt-malformed'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/"deviceId":"gas-1","kind":"event","code":"malformed".*nonce/);
    expect(records.lines.join()).not.toMatch(/4711/);
    expect(records.lines.join()).not.toContain(secret);
  });

  it('has the picture on disk before the line that speaks of it, and both before the acknowledgement', async () => {
    const gas = await connect('gas-1');
    const payload = encodeSnapshot({ boot: 1, seq: 1, type: 'image/jpeg', image: jpeg });
    await gas.publishAsync(topicOf('gas-1', 'snapshot'), Buffer.from(payload), { qos: 1 });
    expect(records.steps).toEqual(['prepare gas-1', 'picture gas-1 3 4', 'receive snapshot']);
  });

  it('acknowledges nothing while the store is down', async () => {
    const gas = await connect('gas-1');
    const seen = record(gas);
    records.isStoreDown = true;
    const closed = new Promise(resolve => gas.once('close', () => resolve('closed')));
    gas.publish(topicOf('gas-1', 'status'), JSON.stringify({ online: true, boot: 1 }), { qos: 1 }, () => {});
    expect(await closed).toBe('closed');
    expect(seen).toEqual([]);
  });

  it('tells a device the time and its interval when it listens for its configuration', async () => {
    const gas = await connect('gas-1');
    const seen = record(gas);
    await gas.subscribeAsync(topicOf('gas-1', 'config'), { qos: 1 });
    await until(() => seen.length === 2);
    expect(seen).toEqual(['suback', `v1/devices/gas-1/config false {"now":${now},"epoch":3,"intervalS":60}`]);
  });

  it.each([
    ['registered', 'unbound'],
    ['bound', 'bound'],
  ] as const)('tells a device in state %s that it is %s, as a retained message', async (state, shown) => {
    records.state = state;
    const hub = await connect('hub-1');
    const seen = record(hub);
    await hub.subscribeAsync(topicOf('door-7', 'binding'), { qos: 1 });
    await until(() => seen.length === 2);
    expect(seen[1]).toBe(`v1/devices/door-7/binding true {"state":"${shown}","epoch":3}`);
  });

  it('takes a will for a hint about its device, through the same way as any message', async () => {
    const will = {
      topic: topicOf('gas-1', 'status'),
      payload: Buffer.from('{"online":false,"boot":1}'),
      qos: 1,
    };
    const gas = await connect('gas-1', { will });
    gas.stream.destroy();
    await until(() => records.messages.length === 1);
    expect(records.messages).toMatchObject([
      { deviceId: 'gas-1', message: { kind: 'status', body: { online: false } }, receivedAt: now },
    ]);
  });

  it('takes no will for anything else', async () => {
    const body = JSON.stringify({ boot: 1, seq: 1, event: 'button' });
    const gas = await connect('gas-1', {
      will: { topic: topicOf('gas-1', 'event'), payload: Buffer.from(body), qos: 1 },
    });
    gas.stream.destroy();
    await until(() => !house.get(DeviceLink).isConnected('gas-1'));
    await connect('gas-1');
    expect(records.messages).toEqual([]);
  });
});
