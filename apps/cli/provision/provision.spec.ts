// `airbind provision` typed on a loopback network with a device that listens, and with nobody there.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AirKissDecoder, type Decrypt, writeAcknowledgement } from '#codecs/airkiss';
import { SimulatedRadio } from '../../../firmware-sim/radio/index.js';
import { freeUdpPort } from '../../../test/free-port.js';
import { passwordCipher } from '../airkiss/password-cipher.js';
import { typed } from '../typed.fixture.js';

const BROADCAST = '127.255.255.255';
const MAC = '021122334455';
const sockets: Socket[] = [];

afterEach(async () => {
  await Promise.all(sockets.splice(0).map(close));
});

async function close(socket: Socket): Promise<void> {
  const closed = once(socket, 'close');
  socket.close();
  await closed;
}

async function socketOn(address: string, port = 0): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.bind(port, address);
  await once(socket, 'listening');
  return socket;
}

/** A device that joins with what it decodes, and keeps it. */
async function device(port: string, ackPort: string, decrypt?: Decrypt) {
  const heard = new Set<string>();
  const radio = new SimulatedRadio({ seed: 11 });
  const decoder = new AirKissDecoder({ decrypt });
  const voice = await socketOn('127.0.0.9');
  const ear = await socketOn(BROADCAST, Number(port));
  sockets.push(voice, ear);
  ear.on('message', ({ length }, { address }) => {
    for (const frame of radio.send(length)) decoder.push(frame);
    const { state } = decoder;
    if (state.status !== 'complete') return;
    heard.add(`${Buffer.from(state.ssid).toString('hex')} ${Buffer.from(state.password)}`);
    voice.send(writeAcknowledgement(state.random, MAC), Number(ackPort), address);
  });
  return heard;
}

async function provision(...words: string[]) {
  const [port, ackPort] = [`${await freeUdpPort()}`, `${await freeUdpPort()}`];
  // Less than a test may take, so that a device that is not heard is a sentence of the program.
  const common = ['--to', BROADCAST, '--port', port, '--ack-port', ackPort, '--timeout', '30'];
  const line = ['provision', ...common, ...words];
  return { port, ackPort, line };
}

describe('airbind provision', () => {
  it('says which device joined, by MAC and address', async () => {
    const { line, port, ackPort } = await provision('--ssid', 'HomeNet-2G', '--password', 'secretpass');
    const heard = await device(port, ackPort);
    const { status, out, err } = await typed(line);
    expect({ status, out, err }).toEqual({
      status: 0,
      out: expect.stringContaining('02:11:22:33:44:55 at 127.0.0.9'),
      err: expect.any(String),
    });
    expect([...heard]).toEqual(['486f6d654e65742d3247 secretpass']);
  });

  it('asks for the password, prints one line of JSON, and shows the password nowhere', async () => {
    const { line, port, ackPort } = await provision(
      '--ssid',
      '我的家',
      '--encoding',
      'gbk',
      '--json',
      '--verbose',
    );
    const heard = await device(port, ackPort);
    const { status, out, err } = await typed(line, { answers: ['mima123456'] });
    expect({ status, err }).toMatchObject({ status: 0 });
    expect(JSON.parse(out)).toMatchObject({
      ended: 'all-joined',
      joined: [{ mac: MAC, address: '127.0.0.9' }],
    });
    expect(out.trim()).not.toContain('\n');
    expect([...heard]).toEqual(['ced2b5c4bcd2 mima123456']);
    expect(out + err).not.toContain('mima123456');
    expect(err).toMatch(/Sending to 127\.255\.255\.255, ports \d+\./);
    expect(err).toMatch(/\d+ datagrams, 0 refused/);
    expect(err).toMatch(
      /Gaps: [\d.]+ ms at least, [\d.]+ ms median, [\d.]+ ms at 99 %, [\d.]+ ms at most; drift/,
    );
  });

  it('encrypts the password for a product that has a key', async () => {
    const { line, port, ackPort } = await provision(
      '--ssid',
      'Home',
      '--password',
      'secretpass',
      '--key',
      'Wechatiothardwav',
    );
    const heard = await device(port, ackPort, passwordCipher(Buffer.from('Wechatiothardwav')).decrypt);
    const { status, err } = await typed(line);
    expect({ status, err }).toMatchObject({ status: 0 });
    expect([...heard]).toEqual(['486f6d65 secretpass']);
  });

  it('says what to try when nobody answers', async () => {
    const { line } = await provision(
      '--ssid',
      'Home',
      '--password',
      'secretpass',
      '--timeout',
      '0.2',
      '--json',
    );
    const { status, out, err } = await typed(line);
    expect(status).toBe(75);
    expect(JSON.parse(out)).toMatchObject({ ended: 'deadline', joined: [] });
    const steps = [...err.matchAll(/^ {2}(\d)\. (.*)$/gm)].map(([, number, step]) => `${number} ${step}`);
    expect(steps.slice(0, 3)).toEqual([
      expect.stringMatching(/^1 .*waiting for a Wi-Fi/),
      expect.stringMatching(/^2 .*2\.4 GHz/),
      expect.stringMatching(/^3 .*password right/),
    ]);
    expect(steps.length).toBeGreaterThan(5);
  });

  it.each([
    [65, 'is empty', ['--ssid', '', '--password', 'x']],
    [65, '32 bytes', ['--ssid', '家'.repeat(11), '--password', 'x']],
    [65, '63 characters', ['--ssid', 'Home', '--password', 'x'.repeat(65)]],
    [65, 'GBK', ['--ssid', '🏠', '--encoding', 'gbk', '--password', 'x']],
    [64, 'There is no interface "wlan7"', ['--ssid', 'Home', '--password', 'x', '--interface', 'wlan7']],
    [64, 'one of the two', ['--password', 'x']],
    [64, 'Nobody is there to be asked', ['--ssid', 'Home']],
    [64, '1 to 16 characters', ['--ssid', 'Home', '--password', 'x', '--key', 'a key that is too long']],
  ])('ends with %i and a sentence with "%s" for %j', async (expected, sentence, words) => {
    const { status, out, err } = await typed(['provision', '--to', BROADCAST, ...words]);
    expect({ status, out }).toEqual({ status: expected, out: '' });
    expect(err).toContain(sentence);
  });

  it('warns of what only some devices can take', async () => {
    const { line } = await provision('--ssid', 'Home', '--password', 'x'.repeat(40), '--timeout', '0.1');
    const { err } = await typed(line);
    expect(err).toContain('Note: The password is longer than 32 bytes');
  });
});
