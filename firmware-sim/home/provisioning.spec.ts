// From the box to the gateway over real UDP: what the air says is decoded, joined and acknowledged.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  encode,
  readAcknowledgement,
  readDiscovery,
  SCHEDULES,
  transmit,
  writeAcknowledgement,
  writeDiscovery,
} from '#codecs/airkiss';
import { topicOf } from '#codecs/wire';
import { freeUdpPort } from '../../test/free-port.js';
import { StandInGateway } from '../device/gateway.contract.js';
import { fastPace, type Identity } from '../device/index.js';
import { type HomeOptions, prepareHome, type SimulatedHome } from './home.js';

const wifi = { ssid: '我家', password: 'correct horse' };
const gas: Identity = { id: 'gas-1', secret: 's', kind: 'gas', name: 'Kitchen', mac: '02:00:5e:10:00:01' };
const door: Identity = { id: 'door-1', secret: 's', kind: 'door', name: 'Door', mac: '02:00:5e:10:00:02' };
const random = 77;

let gateway: StandInGateway;
let home: SimulatedHome;
let ears: Socket;
let heard: { bytes: Uint8Array; from: RemoteInfo }[];
let airkissPort: number;
let discoveryPort: number;

const bound = (socket: Socket, address: string) =>
  new Promise<number>(resolve => socket.bind(0, address, () => resolve(socket.address().port)));
const closed = (socket: Socket) => new Promise<void>(resolve => socket.close(() => resolve()));
const utf8 = (text: string) => new TextEncoder().encode(text);

beforeEach(async () => {
  gateway = await StandInGateway.start();
  heard = [];
  ears = createSocket('udp4');
  ears.on('message', (bytes, from) => heard.push({ bytes, from }));
  await bound(ears, '127.0.0.1');
  airkissPort = await freeUdpPort();
  discoveryPort = await freeUdpPort();
});

afterEach(async () => {
  await home.cut();
  await gateway.stop();
  await closed(ears);
});

async function sniffing(identities: readonly Identity[], options: Partial<HomeOptions> = {}): Promise<void> {
  home = await prepareHome({
    identities,
    broker: gateway.url,
    wifi,
    airkissPorts: [airkissPort],
    ackPort: ears.address().port,
    discoveryPort,
    pace: fastPace,
    ...options,
  });
  await home.start();
}

/** Sends as a phone does, many times faster, until told to stop. */
async function send(password: string, enough: () => boolean, between = () => {}): Promise<void> {
  const phone = createSocket('udp4');
  await bound(phone, '127.0.0.1');
  phone.setBroadcast(true);
  const program = encode({ ssid: utf8(wifi.ssid), password: utf8(password), random });
  let sent = 0;
  for (const { length } of transmit(program, SCHEDULES.adaptive)) {
    if (enough()) break;
    phone.send(new Uint8Array(length), airkissPort, '127.255.255.255');
    between();
    sent += 1;
    if (sent % 20 === 0) await pause(1);
  }
  await closed(phone);
}

describe('a simulated home without Wi-Fi', () => {
  it('decodes, joins, connects and acknowledges, each device with its MAC from its own address', async () => {
    await sniffing([gas, door]);
    expect(home.devices.map(({ state }) => state)).toEqual(['sniffing', 'sniffing']);
    const connected = home.all('connected');
    await send(wifi.password, () => home.devices.every(({ state }) => state === 'connected'));
    await connected;
    const answers = new Map(
      heard.map(({ bytes, from }) => [from.address, readAcknowledgement(bytes, random)]),
    );
    expect([...answers]).toEqual(
      expect.arrayContaining([
        ['127.0.0.10', expect.objectContaining({ mac: '02005e100001' })],
        ['127.0.0.11', expect.objectContaining({ mac: '02005e100002' })],
      ]),
    );
  });

  it('goes on sniffing after a wrong password, and joins with the right one', async () => {
    await sniffing([gas]);
    const decoded: boolean[] = [];
    home.on('decoded', (_, { right }) => decoded.push(right));
    await send('wrong', () => decoded.length > 0);
    expect(home.device('gas').state).toBe('sniffing');
    const connected = home.all('connected');
    await send(wifi.password, () => home.device('gas').state === 'connected');
    await connected;
    expect(decoded.at(0)).toBe(false);
    expect(decoded.at(-1)).toBe(true);
  });

  it('says nothing over MQTT before it has joined', async () => {
    await sniffing([gas]);
    home.device('gas').press();
    home.device('gas').leak();
    await send(wifi.password, () => home.device('gas').state === 'connected');
    await gateway.until(() => gateway.heard.some(({ topic }) => topic.endsWith('telemetry')));
    expect(gateway.heard.filter(({ topic }) => topic.endsWith('event'))).toEqual([]);
  });

  it('does not take the acknowledgements of others for what the phone sends', async () => {
    await sniffing([gas]);
    const decoded: { frames: number; right: boolean }[] = [];
    home.on('decoded', (_, heard) => decoded.push(heard));
    const neighbour = createSocket('udp4');
    await bound(neighbour, '127.0.0.99');
    neighbour.setBroadcast(true);
    const word = writeAcknowledgement(random, '02005e100009');
    await send(
      wifi.password,
      () => decoded.length > 0,
      () => neighbour.send(word, airkissPort, '127.255.255.255'),
    );
    await closed(neighbour);
    expect(decoded[0]).toMatchObject({ right: true });
    // The first cycle has some 700 datagrams, and as many of the neighbour's between them.
    expect(decoded[0]?.frames).toBeLessThan(1_400);
  });

  it('joins whole, though those that are quicker answer on the port that the others listen on', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const many = names.map((name, index): Identity => ({ ...gas, id: `gas-${name}`, mac: macOf(index) }));
    await sniffing(many, { ackPort: airkissPort, radio: { loss: 0.3, foreign: 0.5, sequenceGaps: 0.05 } });
    const joined = home.all('connected');
    await send(wifi.password, () => home.devices.every(({ state }) => state === 'connected'));
    await joined;
  });
});

const macOf = (index: number) => `02:00:5e:20:00:0${index}`;

describe('a simulated device that has joined', () => {
  const nonce = '00112233445566778899aabbccddeeff';
  const provisioned = () => gateway.said(topicOf('gas-1', 'event'));
  let asker: Socket;
  let answers: unknown[];

  beforeEach(async () => {
    answers = [];
    asker = createSocket('udp4');
    asker.on('message', (bytes, { address }) => answers.push({ address, ...readDiscovery(bytes) }));
    await bound(asker, '127.0.0.1');
    asker.setBroadcast(true);
  });

  afterEach(() => closed(asker));

  const ask = (to: string, message: Parameters<typeof writeDiscovery>[0]) =>
    asker.send(writeDiscovery(message), discoveryPort, to);

  /** Asks again until it has been answered so often: whoever is asked may still be on its way. */
  async function answered(count: number, again: () => void): Promise<void> {
    while (answers.length < count) {
      again();
      await pause(20);
    }
  }

  async function join(): Promise<void> {
    await sniffing([gas]);
    await send(wifi.password, () => home.device('gas').state === 'connected');
  }

  it('says what it is to whoever asks, it alone or everybody', async () => {
    await join();
    const answer = { kind: 'response', address: '127.0.0.10', deviceType: 'gas', deviceId: 'gas-1' };
    await answered(1, () => ask('127.0.0.10', { kind: 'request' }));
    expect(answers[0]).toEqual(answer);
    answers = [];
    await answered(1, () => ask('127.255.255.255', { kind: 'request' }));
    expect(answers[0]).toEqual(answer);
  });

  it('answers with a message in which every length is exact, as the WeChat app wants it', async () => {
    await join();
    const messages: Buffer[] = [];
    asker.on('message', message => messages.push(message));
    await answered(1, () => ask('127.0.0.10', { kind: 'request' }));
    const [message = Buffer.alloc(16)] = messages;
    expect(message.subarray(0, 8).toString('hex')).toBe('fd01fefc00100001');
    expect(message.readUInt32BE(8)).toBe(message.length);
    expect(message.readUInt32BE(12)).toBe(0x1001);
    expect(JSON.parse(message.subarray(16).toString())).toEqual({
      deviceInfo: { deviceType: 'gas', deviceId: 'gas-1' },
    });
  });

  it('publishes the nonce that it was handed over its own connection, once', async () => {
    await join();
    const other = 'ff'.repeat(16);
    await answered(3, () => ask('127.0.0.10', { kind: 'request', nonce }));
    await answered(answers.length + 1, () => ask('127.0.0.10', { kind: 'request', nonce: other }));
    await gateway.until(() => provisioned().length > 0);
    expect(provisioned()).toEqual([expect.objectContaining({ event: 'provisioned', nonce })]);
  });

  it('joins all the same where another program has the port for itself', async () => {
    const alone = createSocket('udp4');
    await new Promise<void>(resolve => alone.bind(discoveryPort, '127.0.0.10', resolve));
    await join();
    expect(home.device('gas').state).toBe('connected');
    await closed(alone);
  });

  it('passes no nonce on that comes long after it has joined, or to one that never heard AirKiss', async () => {
    await sniffing([gas], { provisioned: true });
    const connected = home.all('connected');
    await connected;
    await answered(3, () => ask('127.0.0.10', { kind: 'request', nonce }));
    home.device('gas').press();
    await gateway.until(() => provisioned().length > 0);
    expect(provisioned()).toEqual([expect.objectContaining({ event: 'button' })]);
  });
});
