// A sender that is really on a network: two namespaces with a cable between them, a device, and tcpdump listening.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AirKissDecoder, writeAcknowledgement } from '#codecs/airkiss';
import { SimulatedRadio } from '../../../firmware-sim/radio/index.js';
import { inFolder, typed } from '../typed.fixture.js';

const tag = `ab${process.pid % 100_000}`;
const [phone, device] = [`${tag}p`, `${tag}d`];
const root = new URL('../../../', import.meta.url).pathname;

/** Says each datagram's length and sender, and sends what it is told: the ears and the voice of the device. */
const RELAY = `
const { createSocket } = require('node:dgram');
for (const port of [10000, 10001]) {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (message, { address }) => console.log(message.length, address));
  socket.bind(port);
}
const voice = createSocket('udp4');
process.stdin.on('data', line => {
  const [hex, address] = String(line).trim().split(' ');
  voice.send(Buffer.from(hex, 'hex'), 10000, address);
});`;

function ip(...words: string[]): void {
  execFileSync('ip', words, { stdio: 'ignore' });
}

/** What is missing for this spec; undefined when everything is there. */
function missing(): string | undefined {
  if (process.platform !== 'linux') return 'Linux';
  try {
    execFileSync('tcpdump', ['--version'], { stdio: 'ignore' });
  } catch {
    return 'tcpdump';
  }
  try {
    ip('netns', 'add', phone);
    ip('netns', 'add', device);
    ip('link', 'add', `${tag}a`, 'type', 'veth', 'peer', 'name', `${tag}b`);
    ip('link', 'set', `${tag}a`, 'netns', phone);
    ip('link', 'set', `${tag}b`, 'netns', device);
  } catch {
    takeDown();
    return 'the right to make network namespaces (root)';
  }
  return undefined;
}

function takeDown(): void {
  for (const name of [phone, device]) {
    try {
      ip('netns', 'del', name);
    } catch {
      // It was never made.
    }
  }
}

const lacks = missing();
if (lacks !== undefined) process.stderr.write(`skipped: apps/cli/airkiss/network.spec.ts needs ${lacks}\n`);

(lacks === undefined ? describe : describe.skip)('on a network of its own', () => {
  const children: ChildProcess[] = [];

  const start = (namespace: string, ...words: string[]) => {
    const child = spawn('ip', ['netns', 'exec', namespace, ...words], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  };

  beforeAll(() => {
    for (const [namespace, name, address] of [
      [phone, `${tag}a`, '10.77.0.1/24'],
      [device, `${tag}b`, '10.77.0.2/24'],
    ] as const) {
      ip('-n', namespace, 'addr', 'add', address, 'broadcast', '+', 'dev', name);
      ip('-n', namespace, 'link', 'set', name, 'up');
      ip('-n', namespace, 'link', 'set', 'lo', 'up');
    }
  });

  afterAll(() => {
    for (const child of children) child.kill();
    takeDown();
  });

  it('the command provisions a device, and a listener beside it decodes the same', async () => {
    const relay = start(device, process.execPath, '-e', RELAY);
    const radio = new SimulatedRadio({ seed: 5, loss: 0.1 });
    const decoder = new AirKissDecoder();
    createInterface(relay.stdout).on('line', line => {
      const [length, address] = line.split(' ');
      for (const frame of radio.send(Number(length))) decoder.push(frame);
      const { state } = decoder;
      if (state.status === 'complete')
        relay.stdin.write(
          `${Buffer.from(writeAcknowledgement(state.random, '021122334455')).toString('hex')} ${address}\n`,
        );
    });

    await inFolder(async folder => {
      const program = join(folder, 'tcpdump');
      await writeFile(program, `#!/bin/sh\nexec timeout 60 ip netns exec ${device} tcpdump "$@"\n`);
      await chmod(program, 0o755);
      const listening = typed([
        'airkiss',
        'listen',
        '--interface',
        `${tag}b`,
        '--program',
        program,
        '--once',
        '--json',
      ]);
      const words = [
        '--ssid',
        'HomeNet-2G',
        '--password',
        'secretpass',
        '--interface',
        `${tag}a`,
        '--no-discovery',
        '--json',
      ];
      const sender = start(phone, process.execPath, 'apps/run.mjs', 'cli', 'provision', ...words);
      const answer = await new Promise<string>(resolve =>
        createInterface(sender.stdout).once('line', resolve),
      );
      expect(JSON.parse(answer)).toMatchObject({
        ended: 'all-joined',
        joined: [{ address: '10.77.0.2', mac: '021122334455' }],
        warnings: [expect.stringContaining('is not Wi-Fi')],
      });
      const { status, out } = await listening;
      expect(status).toBe(0);
      expect(JSON.parse(out)).toMatchObject({
        status: 'complete',
        ssid: 'HomeNet-2G',
        password: 'secretpass',
      });
    });
  });
});
