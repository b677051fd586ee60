// The broker as a process, alone and in the gateway, killed in the middle: what it acknowledged is there at its next start, and nothing twice.
import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectSocket, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { generate, type Packet, parser } from 'mqtt-packet';
import { until } from './condition.js';
import { GatewayProcess } from './gateway-process.js';
import { PlainDevice } from './plain-device.js';
import { build, Program } from './program.js';
import { quickProducts } from './quick-products.js';

describe('a broker that is killed', () => {
  let folder: string;
  let program: Program;
  let url: string;
  const clients: MqttClient[] = [];

  beforeAll(build, 240_000);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-killed-'));
    await start();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.end(true);
    await program.signal('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    program = Program.start(['dist/apps/bare/main.js', '--port', '0', '--store', folder]);
    const said = await program.said(/mqtt:\S+/);
    url = /mqtt:\S+/.exec(said)?.[0] ?? '';
  }

  async function killAndStart(): Promise<void> {
    for (const client of clients.splice(0)) client.end(true);
    await program.signal('SIGKILL');
    await start();
  }

  /** What it hears is in `heard` from its first packet on. */
  async function connect(clientId: string, options: IClientOptions = {}) {
    const heard: string[] = [];
    const client = mqtt.connect(url, { clientId, clean: false, reconnectPeriod: 0, ...options });
    client.on('error', () => {});
    client.on('message', (topic, payload, { retain, dup }) =>
      heard.push(`${topic} ${payload}${retain ? ' retained' : ''}${dup ? ' dup' : ''}`),
    );
    clients.push(client);
    const isPresent = await new Promise<boolean>((resolve, reject) => {
      client.once('connect', ({ sessionPresent }) => resolve(sessionPresent));
      client.once('error', reject);
    });
    return { client, heard, isPresent };
  }

  it('has the sessions, their queues and what is retained, as acknowledged', async () => {
    const first = await connect('listener');
    await first.client.subscribeAsync({ 'a/+': { qos: 1 }, b: { qos: 2 } });
    await first.client.endAsync();
    const speaker = await connect('speaker', { clean: true });
    await speaker.client.publishAsync('a/1', 'one', { qos: 1, retain: true });
    await speaker.client.publishAsync('b', 'two', { qos: 2 });
    await speaker.client.publishAsync('a/2', 'three', { qos: 1 });

    await killAndStart();
    const back = await connect('listener');
    expect(back.isPresent).toBe(true);
    await until('all of it is heard', () => back.heard.length === 3);
    // A client shows a QoS 2 message when its PUBREL comes, and so after later ones of QoS 1.
    expect(back.heard.sort()).toEqual(['a/1 one', 'a/2 three', 'b two']);
    const late = await connect('late', { clean: true });
    await late.client.subscribeAsync('#', { qos: 1 });
    await until('what is retained is heard', () => late.heard.length === 1);
    expect(late.heard).toEqual(['a/1 one retained']);

    await back.client.endAsync();
    await killAndStart();
    const again = await connect('listener');
    await again.client.publishAsync('a/3', 'four', { qos: 1 });
    await until('it hears what comes now', () => again.heard.length > 0);
    expect(again.heard).toEqual(['a/3 four']);
  });

  it('has every copy of what it acknowledged in a burst, in order', async () => {
    const first = await connect('listener');
    await first.client.subscribeAsync('a', { qos: 1 });
    await first.client.endAsync();
    const speaker = await connect('speaker', { clean: true });
    let acknowledged = 0;
    let dead: Promise<unknown> | undefined;
    for (let n = 0; n < 500; n += 1)
      speaker.client.publish('a', String(n), { qos: 1 }, fault => {
        if (!fault) acknowledged += 1;
        if (acknowledged === 200) dead ??= program.signal('SIGKILL');
      });
    await until('it is dead', () => dead !== undefined);
    await dead;
    await start();
    const back = await connect('listener');
    await back.client.publishAsync('a', 'end', { qos: 1 });
    await until('the end is heard', () => back.heard.at(-1) === 'a end');
    const numbers = back.heard.slice(0, -1).map(line => Number(line.split(' ')[1]));
    expect(numbers.length).toBeGreaterThanOrEqual(acknowledged);
    expect(numbers).toEqual(numbers.map((_, i) => i));
  });

  it('takes the repetition of a QoS 2 message that it has received for the same message', async () => {
    const listener = await connect('listener');
    await listener.client.subscribeAsync('a', { qos: 2 });
    await listener.client.endAsync();
    const publish = {
      cmd: 'publish',
      topic: 'a',
      payload: 'once',
      qos: 2,
      messageId: 7,
      retain: false,
    } as const;
    const speaker = await RawSpeaker.connect(url);
    await speaker.ask({ ...publish, dup: false }, 'pubrec');

    // The client never saw the PUBREC, for all that the broker can tell.
    await killAndStart();
    const again = await RawSpeaker.connect(url);
    await again.ask({ ...publish, dup: true }, 'pubrec');
    await again.ask({ cmd: 'pubrel', messageId: 7 }, 'pubcomp');
    await killAndStart();
    const third = await RawSpeaker.connect(url);
    await third.ask({ ...publish, payload: 'another', dup: false }, 'pubrec');

    const back = await connect('listener');
    await until('both are heard', () => back.heard.length === 2);
    expect(back.heard).toEqual(['a once', 'a another']);
    for (const { socket } of [speaker, again, third]) socket.destroy();
  });
});

describe('a gateway that is killed', () => {
  let folder: string;
  let gateway: GatewayProcess;

  beforeAll(build, 240_000);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-killed-'));
    gateway = await GatewayProcess.start(folder);
  });

  afterEach(async () => {
    await gateway.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it('owes an application what a device was acknowledged while it was away, and its state', async () => {
    for (const product of quickProducts)
      await gateway.operator.call('putProduct', { params: { productId: product.id }, body: product });
    const { devices } = await gateway.operator.call('makeBatch', {
      body: { product: 'gas-sensor', count: 1 },
    });
    const [made] = devices;
    if (!made) throw new Error('no gas sensor was made');
    const subscribe = ['v1/devices/+/telemetry', 'v1/devices/+/status'];
    const rules = { id: 'recorder', subscribe, publish: [] };
    const { userName, secret } = await gateway.operator.call('makeApplication', { body: rules });
    const listen = async () => {
      const heard: string[] = [];
      const client = mqtt.connect(`mqtt://127.0.0.1:${gateway.mqttPort}`, {
        ...{ clientId: userName, username: userName, password: secret, clean: false, reconnectPeriod: 0 },
      });
      client.on('message', (topic, payload, { retain }) =>
        heard.push(`${topic.split('/').at(-1)} ${payload}${retain ? ' retained' : ''}`),
      );
      await until('it is connected', () => client.connected);
      return { client, heard };
    };

    const application = await listen();
    await application.client.subscribeAsync('v1/devices/+/telemetry', { qos: 1 });
    await application.client.endAsync();
    const device = await PlainDevice.connect(made, gateway.mqttPort);
    await device.report({ 'gas.lel': 1 });
    await device.report({ 'gas.lel': 2 });
    await gateway.kill();
    gateway = await GatewayProcess.start(folder);

    const back = await listen();
    await until('both readings are heard', () => back.heard.length === 2);
    expect(back.heard.map(line => JSON.parse(line.replace('telemetry ', '')).values)).toEqual([
      { 'gas.lel': 1 },
      { 'gas.lel': 2 },
    ]);
    await back.client.subscribeAsync('v1/devices/+/status', { qos: 1 });
    await until('the state is heard', () => back.heard.length === 3);
    expect(back.heard[2]).toBe('status {"online":true,"boot":1} retained');
    await Promise.all([back.client.endAsync(), device.cut()]);
  });
});

/** A kept session of its own making, packet by packet: no library repeats or acknowledges anything for it. */
class RawSpeaker {
  private readonly packets: Packet[] = [];

  private constructor(readonly socket: Socket) {
    const parsing = parser();
    parsing.on('packet', packet => this.packets.push(packet));
    socket.on('data', bytes => parsing.parse(bytes));
    socket.on('error', () => {});
  }

  static async connect(url: string): Promise<RawSpeaker> {
    const speaker = new RawSpeaker(connectSocket({ port: Number(new URL(url).port), host: '127.0.0.1' }));
    const session = { clientId: 'raw-speaker', clean: false, keepalive: 0 } as const;
    await speaker.ask({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, ...session }, 'connack');
    return speaker;
  }

  async ask(packet: Packet, answer: Packet['cmd']): Promise<void> {
    const before = this.packets.length;
    this.socket.write(generate(packet));
    await until(`a ${answer}`, () => this.packets.slice(before).some(({ cmd }) => cmd === answer));
  }
}
