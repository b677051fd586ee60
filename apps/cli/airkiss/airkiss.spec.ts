// `airbind airkiss` typed: every vector both ways, the real capture, captures of every kind, and wrong use.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Credentials, encode, formatFrame, SCHEDULES, transmit } from '#codecs/airkiss';
import { SimulatedRadio } from '../../../firmware-sim/radio/index.js';
import { encryptedVectors, plainVectors } from '../../../libs/codecs/airkiss/vectors.contract.js';
import {
  dataFrame,
  ethernet,
  pcap,
  pcapng,
  withRadiotap,
} from '../../../libs/codecs/capture/capture.contract.js';
import { inFolder, typed } from '../typed.fixture.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const text = (value: string) => new TextEncoder().encode(value);
const credentials = { ssid: text('HomeNet-2G'), password: text('secretpass'), random: 90 };
const capture = new URL('../../../libs/codecs/airkiss/capture-2.frames', import.meta.url);

/** The first seconds of a provisioning as a radio hears it. */
function heard(sent: Credentials, seed = 3, forMs = 6_000) {
  const radio = new SimulatedRadio({ seed, loss: 0.1, foreign: 0.3 });
  const frames = [];
  for (const { length, atMs } of transmit(encode(sent), SCHEDULES.wechat)) {
    if (atMs > forMs) break;
    frames.push(...radio.send(length));
  }
  return frames;
}

const stream = (sent: Credentials, seed?: number) => heard(sent, seed).map(formatFrame).join('\n');

describe('airkiss encode', () => {
  it.each(plainVectors.map(vector => [vector.name, vector] as const))(
    'gives the symbols of %s',
    async (_, vector) => {
      const { ssid, password, random } = vector.credentials;
      const words = [
        '--ssid-hex',
        hex(ssid),
        '--password',
        Buffer.from(password).toString(),
        '--random',
        `${random}`,
      ];
      const { status, out } = await typed(['airkiss', 'encode', ...words, '--json']);
      expect(status).toBe(0);
      const { magic, prefix, sequences, total } = vector;
      expect(JSON.parse(out)).toMatchObject({ guide: [1, 2, 3, 4], magic, prefix, sequences, total });
    },
  );

  it.each(encryptedVectors.map(vector => [vector.name, vector] as const))(
    'gives the symbols of %s',
    async (_, vector) => {
      const { ssid, random } = vector.credentials;
      const words = ['--ssid-hex', hex(ssid), '--password', Buffer.from(vector.plainPassword).toString()];
      const key = ['--key', Buffer.from(vector.key).toString(), '--random', `${random}`];
      const { out } = await typed(['airkiss', 'encode', ...words, ...key, '--json']);
      const { magic, prefix, sequences, total } = vector;
      expect(JSON.parse(out)).toMatchObject({ magic, prefix, sequences, total });
    },
  );

  it('writes a Chinese name in GBK on request', async () => {
    const { out } = await typed([
      'airkiss',
      'encode',
      '--ssid',
      '我的家庭网络',
      '--encoding',
      'gbk',
      '--password',
      'mima123456',
      '--random',
      '102',
      '--json',
    ]);
    const gbk = plainVectors.find(({ name }) => name === 'gbk-chinese-ssid');
    expect(JSON.parse(out).sequences).toEqual(gbk?.sequences);
  });

  it('warns of what official devices cannot take, in the same line', async () => {
    const { out } = await typed([
      'airkiss',
      'encode',
      '--ssid',
      'home',
      '--password',
      'x'.repeat(33),
      '--json',
    ]);
    expect(JSON.parse(out).warnings).toEqual([expect.stringContaining('32 bytes')]);
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  it('ends with 65 for credentials that cannot be sent', async () => {
    const { status, err } = await typed([
      'airkiss',
      'encode',
      '--ssid',
      'x'.repeat(33),
      '--password',
      'x',
      '--json',
    ]);
    expect(status).toBe(65);
    expect(err).toContain('longer than 32 bytes');
  });
});

describe('airkiss decode', () => {
  it('reads the real capture', async () => {
    const { status, out } = await typed(['airkiss', 'decode', '--json'], {
      input: await readFile(capture, 'utf8'),
    });
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ status: 'complete', ssid: 'CDHN_Test', password: 'wer123456' });
  });

  it('prints a line for each stream, the empty ones too', async () => {
    const other = { ...credentials, password: text('another one') };
    const input = `${stream(credentials)}\n=\n# nothing\n=\n${stream(other, 4)}\n`;
    const { out } = await typed(['airkiss', 'decode', '--json'], { input });
    const results = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(results).toMatchObject([
      {
        status: 'complete',
        ssid: 'HomeNet-2G',
        ssidHex: hex(credentials.ssid),
        password: 'secretpass',
        random: 90,
      },
      { status: 'incomplete', frames: 0, lockAt: null, ssid: null },
      { status: 'complete', password: 'another one', passwordHex: hex(other.password) },
    ]);
    const [first] = results;
    expect(first.lockAt).toBeLessThan(first.frames);
    expect(first.confidence).toBeGreaterThan(0.99999);
  });

  it('decrypts with the key, and says when it does not fit', async () => {
    const [vector] = encryptedVectors;
    if (!vector) throw new Error('there is no encrypted vector');
    const input = stream(vector.credentials);
    const { out } = await typed(['airkiss', 'decode', '--key', 'Wechatiothardwav', '--json'], { input });
    expect(JSON.parse(out)).toMatchObject({
      status: 'complete',
      password: 'TTkupao916',
      ssid: 'D-Link_DIR_616',
    });
    const wrong = await typed(['airkiss', 'decode', '--key', 'another key', '--json'], { input });
    expect(JSON.parse(wrong.out)).toMatchObject({
      status: 'incomplete',
      reason: 'key-does-not-fit',
      password: null,
    });
  });

  it('explains what was heard and what is missing', async () => {
    const input = heard(credentials, 3, 2_950).map(formatFrame).join('\n');
    const { out } = await typed(['airkiss', 'decode', '--explain'], { input });
    expect(out).toMatch(/phases: guide \d+, magic \d+, prefix \d+, data \d+/);
    expect(out).toContain('announced: 21 bytes: password 10, random 1, SSID 10');
    expect(out).toMatch(/round +1 +k/);
    expect(out).toMatch(/missing: byte \d+/);
    expect(out).toContain('6 other senders were heard');
  });

  const frames = heard(credentials);
  const packets = frames.map(dataFrame);
  const cabled = [...transmit(encode(credentials), SCHEDULES.wechat)].slice(0, 600);

  it.each([
    ['a pcap of bare 802.11', pcap(105, packets)],
    [
      'a pcap with radiotap',
      pcap(
        127,
        packets.map(packet => withRadiotap(packet)),
      ),
    ],
    [
      'a pcapng with radiotap',
      pcapng(
        127,
        packets.map(packet => withRadiotap(packet)),
      ),
    ],
    [
      'a pcap of a cable',
      pcap(
        1,
        cabled.map(({ length }) => ethernet(length, '021122334455')),
      ),
    ],
  ])('reads %s', async (_, file) => {
    await inFolder(async folder => {
      const path = join(folder, 'capture');
      await writeFile(path, file);
      const { out } = await typed(['airkiss', 'decode', path, '--json']);
      expect(JSON.parse(out)).toMatchObject({
        status: 'complete',
        ssid: 'HomeNet-2G',
        password: 'secretpass',
      });
    });
  });

  it('reads what is whole of a capture that was cut off, and says so', async () => {
    await inFolder(async folder => {
      const path = join(folder, 'cut.pcap');
      const whole = pcap(
        127,
        packets.map(packet => withRadiotap(packet)),
      );
      await writeFile(path, whole.subarray(0, whole.length - 5));
      const { status, out, err } = await typed(['airkiss', 'decode', path, '--json']);
      expect(status).toBe(0);
      expect(JSON.parse(out).status).toBe('complete');
      expect(err).toContain('ends in the middle of a packet');
    });
  });

  it('says what cannot be read', async () => {
    await inFolder(async folder => {
      const path = join(folder, 'short.pcap');
      await writeFile(path, pcap(127, []).subarray(0, 10));
      const short = await typed(['airkiss', 'decode', path]);
      expect(short).toMatchObject({ status: 66, err: expect.stringContaining('nothing in') });
      await writeFile(path, pcap(228, packets));
      const wrongKind = await typed(['airkiss', 'decode', path]);
      expect(wrongKind).toMatchObject({ status: 66, err: expect.stringContaining('link type 228') });
    });
    const missing = await typed(['airkiss', 'decode', '/nowhere/at-all.pcap']);
    expect(missing).toMatchObject({ status: 66, err: expect.stringContaining('ENOENT') });
    const prose = await typed(['airkiss', 'decode'], { input: 'this is\nno capture\n' });
    expect(prose).toMatchObject({ status: 66, err: expect.stringContaining('neither a capture') });
  });
});

describe('airkiss listen', () => {
  /** Runs with a program named tcpdump that does what the script says. */
  async function withTcpdump(script: string, ...words: string[]) {
    return inFolder(async folder => {
      const packets = heard(credentials).map(frame => withRadiotap(dataFrame(frame)));
      await writeFile(join(folder, 'air.pcap'), pcap(127, packets));
      await writeFile(join(folder, 'tcpdump'), `#!/bin/sh\ncd ${folder}\n${script}\n`);
      await chmod(join(folder, 'tcpdump'), 0o755);
      const program = join(folder, 'tcpdump');
      return typed(['airkiss', 'listen', '--interface', 'wlan0mon', '--program', program, ...words]);
    });
  }

  it('decodes what the capture program writes, as it comes', async () => {
    const { status, out } = await withTcpdump('cat air.pcap; exec sleep 60', '--once', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ status: 'complete', ssid: 'HomeNet-2G', password: 'secretpass' });
  });

  it('tells the same result once', async () => {
    const { out } = await withTcpdump('cat air.pcap; tail -c +25 air.pcap', '--json');
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    [77, 'Run it with sudo', 'echo "You don\'t have permission to capture on that device" >&2; exit 1'],
    [64, 'There is no interface "wlan0mon"', 'echo "wlan0mon: No such device exists" >&2; exit 1'],
    [69, 'ended: out of luck', 'echo "out of luck" >&2; exit 1'],
  ])('ends with %i and "%s"', async (expected, sentence, script) => {
    const { status, err } = await withTcpdump(script);
    expect({ status, err }).toEqual({ status: expected, err: expect.stringContaining(sentence) });
  });

  it('says what to install when no program is there', async () => {
    const { status, err } = await typed([
      'airkiss',
      'listen',
      '--interface',
      'wlan0mon',
      '--program',
      '/nowhere/tcpdump',
    ]);
    expect({ status, err }).toEqual({ status: 69, err: expect.stringContaining('Install tcpdump') });
  });
});
