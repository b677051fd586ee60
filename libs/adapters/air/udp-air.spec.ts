// Provisioning over real UDP on loopback: broadcast, simulated radio, decoder, answer.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  AirKissDecoder,
  type CompleteState,
  readDiscovery,
  SCHEDULES,
  type Schedule,
  writeAcknowledgement,
  writeDiscovery,
} from '#codecs/airkiss';
import { SystemClock } from '#domain/clock';
import { Provisioning } from '#domain/provisioning';
import { SimulatedRadio } from '../../../firmware-sim/radio/index.js';
import { freeUdpPort } from '../../../test/free-port.js';
import { UdpAir, UdpLan } from './index.js';

const BROADCAST = '127.255.255.255';
const text = (value: string) => new TextEncoder().encode(value);
const network = { ssid: text('HomeNet-2G'), password: text('secretpass') };

/** As the WeChat app, with a short guide, so that a test takes a second. */
const brief: Schedule = {
  ...SCHEDULES.adaptive,
  cycles: [{ ...SCHEDULES.adaptive.cycles[0], guide: { gapMs: 4, span: { forMs: 200 } } }],
};

const sockets: Socket[] = [];

afterEach(async () => {
  await Promise.all(
    sockets.splice(0).map(async socket => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    }),
  );
});

async function socketOn(address: string, port = 0): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  sockets.push(socket);
  socket.bind(port, address);
  await once(socket, 'listening');
  return socket;
}

/** A device: hears lengths through its radio, decodes, and answers from an address of its own. */
async function device(
  address: string,
  ports: readonly number[],
  ackPort: number,
  mac: string,
  to: 'sender' | 'all',
) {
  const heard: CompleteState[] = [];
  const radio = new SimulatedRadio({ seed: 7, loss: 0.2, foreign: 0.5 });
  const decoder = new AirKissDecoder();
  const voice = await socketOn(address);
  voice.setBroadcast(true);
  for (const port of ports) {
    const ear = await socketOn(BROADCAST, port);
    ear.on('message', (message, sender) => {
      for (const frame of radio.send(message.length)) decoder.push(frame);
      const { state } = decoder;
      if (state.status !== 'complete') return;
      if (heard.length === 0) heard.push(state);
      voice.send(
        writeAcknowledgement(state.random, mac),
        ackPort,
        to === 'sender' ? sender.address : BROADCAST,
      );
    });
  }
  return heard;
}

describe('the air over UDP', () => {
  it('carries credentials to devices and hears their answers, by broadcast and to the sender alone', async () => {
    const ports = [await freeUdpPort(), await freeUdpPort()] as const;
    const ackPort = await freeUdpPort();
    const first = await device('127.0.0.2', ports, ackPort, '020000000002', 'sender');
    const second = await device('127.0.0.3', ports, ackPort, '020000000003', 'all');
    const result = await new Provisioning(new UdpAir(), new SystemClock()).run({
      ...network,
      schedule: brief,
      targets: [{ to: BROADCAST }],
      ports,
      ackPort,
      expected: 2,
      deadlineMs: 20_000,
    });
    expect(result.ended).toBe('all-joined');
    expect([...result.joined].sort((a, b) => a.address.localeCompare(b.address))).toEqual([
      { address: '127.0.0.2', mac: '020000000002' },
      { address: '127.0.0.3', mac: '020000000003' },
    ]);
    for (const [state] of [first, second]) expect(state).toMatchObject({ ...network, random: result.random });
  });

  it('hears an answer to the port that it sends from', async () => {
    const port = await freeUdpPort();
    const ear = await socketOn(BROADCAST, port);
    const voice = await socketOn('127.0.0.4');
    ear.on('message', (_, sender) => voice.send(Uint8Array.of(77), sender.port, sender.address));
    const result = await new Provisioning(new UdpAir(), new SystemClock()).run({
      ...network,
      random: 77,
      targets: [{ to: BROADCAST }],
      ports: [port],
      ackPort: await freeUdpPort(),
      expected: 1,
      deadlineMs: 10_000,
    });
    expect(result.joined).toEqual([{ address: '127.0.0.4' }]);
  });

  it('asks who has joined what it is, and hands it a nonce', async () => {
    const port = await freeUdpPort();
    const discoveryPort = await freeUdpPort();
    const ear = await socketOn(BROADCAST, port);
    const voice = await socketOn('127.0.0.5');
    const door = await socketOn('127.0.0.5', discoveryPort);
    const nonces = new Set<string | undefined>();
    ear.on('message', (_, sender) => voice.send(Uint8Array.of(77), sender.port, sender.address));
    door.on('message', (message, sender) => {
      const asked = readDiscovery(message);
      if (asked?.kind !== 'request') return;
      nonces.add(asked.nonce);
      door.send(
        writeDiscovery({ kind: 'response', deviceType: 'gh_1', deviceId: 'dev1' }),
        sender.port,
        sender.address,
      );
    });
    const result = await new Provisioning(new UdpAir(), new SystemClock(), new UdpLan()).run({
      ...network,
      random: 77,
      targets: [{ to: BROADCAST }],
      ports: [port],
      ackPort: await freeUdpPort(),
      expected: 1,
      introduction: { port: discoveryPort, forMs: 10_000 },
    });
    const [device] = result.joined;
    expect(device).toMatchObject({ address: '127.0.0.5', deviceType: 'gh_1', deviceId: 'dev1' });
    expect(device?.nonce).toMatch(/^[0-9a-f]{32}$/);
    expect([...nonces]).toEqual([device?.nonce]);
  });

  it('goes on without an introduction when the device keeps silent', async () => {
    const lan = new UdpLan();
    const question = {
      address: '127.0.0.6',
      port: await freeUdpPort(),
      message: Uint8Array.of(1),
      everyMs: 20,
      forMs: 60,
    };
    await expect(lan.ask(question, answer => answer, new AbortController().signal)).resolves.toBeUndefined();
  });

  it('does not take its own broadcasts for answers, even where they begin with the random byte', async () => {
    const ackPort = await freeUdpPort();
    const result = await new Provisioning(new UdpAir(), new SystemClock()).run({
      ...network,
      random: 0,
      targets: [{ to: BROADCAST }],
      ports: [ackPort],
      ackPort,
      deadlineMs: 100,
    });
    expect(result).toMatchObject({ ended: 'deadline', joined: [] });
    expect(result.pacing.sent).toBeGreaterThan(0);
  });

  it('sends everything over several interfaces at once', async () => {
    const port = await freeUdpPort();
    const ear = await socketOn(BROADCAST, port);
    const heard = new Map<string, number[]>();
    const all = new Promise<void>(resolve =>
      ear.on('message', ({ length }, { address }) => {
        heard.set(address, [...(heard.get(address) ?? []), length]);
        if ([...heard.values()].flat().length === 6) resolve();
      }),
    );
    const air = await new UdpAir().open({
      targets: [
        { to: BROADCAST, from: '127.0.0.1' },
        { to: BROADCAST, from: '127.0.0.7' },
      ],
      ackPort: await freeUdpPort(),
      onAnswer: () => {},
    });
    const datagrams = [3, 1, 2].map((length, index) => ({ length, port, atMs: index }));
    const { sent } = await air.play(datagrams, new AbortController().signal);
    await all;
    await air.close();
    expect(sent).toBe(6);
    expect(Object.fromEntries(heard)).toEqual({ '127.0.0.1': [3, 1, 2], '127.0.0.7': [3, 1, 2] });
  });

  it('shares the port for answers with another sender', async () => {
    const ackPort = await freeUdpPort();
    await socketOn('127.0.0.1', ackPort);
    await socketOn(BROADCAST, ackPort);
    const run = new Provisioning(new UdpAir(), new SystemClock()).run({
      ...network,
      targets: [{ to: BROADCAST }],
      ports: [await freeUdpPort()],
      ackPort,
      deadlineMs: 20,
    });
    await expect(run).resolves.toMatchObject({ ended: 'deadline' });
  });

  it('says which address cannot be sent from', async () => {
    const run = new Provisioning(new UdpAir(), new SystemClock()).run({
      ...network,
      targets: [{ to: BROADCAST, from: '192.0.2.1' }],
      ackPort: await freeUdpPort(),
    });
    await expect(run).rejects.toMatchObject({
      code: 'no-broadcast',
      message: expect.stringContaining('192.0.2.1'),
    });
  });

  it('keeps the times of a schedule without adding up what timers are late', async () => {
    const air = await new UdpAir().open({
      targets: [{ to: BROADCAST }],
      ackPort: await freeUdpPort(),
      onAnswer: () => {},
    });
    const port = await freeUdpPort();
    const startMs = performance.now();
    const datagrams = Array.from({ length: 100 }, (_, index) => ({ length: 1, port, atMs: index * 5 }));
    const pacing = await air.play(datagrams, new AbortController().signal);
    await air.close();
    expect(pacing.sent).toBe(100);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(490);
    const { min, median, p99, max } = pacing.gapMs;
    expect([min, median, p99, max]).toEqual([min, median, p99, max].toSorted((a, b) => a - b));
    expect(median).toBeGreaterThan(0);
  });
});
