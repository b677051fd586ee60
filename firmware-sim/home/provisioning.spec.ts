// From the box to the gateway over real UDP: what the air says is decoded, joined and acknowledged.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encode, readAcknowledgement, SCHEDULES, transmit } from '#codecs/airkiss';
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
  const scout = createSocket('udp4');
  airkissPort = await bound(scout, '127.255.255.255');
  await closed(scout);
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
    pace: fastPace,
    ...options,
  });
  await home.start();
}

/** Sends as a phone does, many times faster, until told to stop. */
async function send(password: string, enough: () => boolean): Promise<void> {
  const phone = createSocket('udp4');
  await bound(phone, '127.0.0.1');
  phone.setBroadcast(true);
  const program = encode({ ssid: utf8(wifi.ssid), password: utf8(password), random });
  let sent = 0;
  for (const { length } of transmit(program, SCHEDULES.adaptive)) {
    if (enough()) break;
    phone.send(new Uint8Array(length), airkissPort, '127.255.255.255');
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
});
