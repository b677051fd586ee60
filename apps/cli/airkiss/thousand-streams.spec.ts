// A thousand streams of frames in one call, as scripts give them: through npm, on standard input, a line each back.
import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { type Credentials, encode, formatFrame, SCHEDULES, transmit } from '#codecs/airkiss';
import { SimulatedRadio } from '../../../firmware-sim/radio/index.js';
import { inFolder } from '../typed.fixture.js';

const STREAMS = 1_000;
const FOR_MS = 3_000;
const root = new URL('../../../', import.meta.url).pathname;
const text = (value: string) => new TextEncoder().encode(value);

const credentialsOf = (stream: number): Credentials => ({
  ssid: text(`Home ${stream}`),
  password: text(`secret ${stream * 7919}`),
  random: stream % 256,
});

/** The first seconds of one provisioning, some of it lost. */
function linesOf(stream: number): string[] {
  const radio = new SimulatedRadio({ seed: stream, loss: 0.1 });
  const lines: string[] = [];
  for (const { length, atMs } of transmit(encode(credentialsOf(stream)), SCHEDULES.adaptive)) {
    if (atMs > FOR_MS) break;
    lines.push(...radio.send(length).map(formatFrame));
  }
  return lines;
}

/** Types the line that scripts type, with a file as its input. */
async function decoded(path: string): Promise<string> {
  const line = `npm run -s airbind -- airkiss decode --json < '${path}'`;
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', line], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

describe('airkiss decode', () => {
  it('gives a thousand streams their thousand results, in one call and in their order', async () => {
    await inFolder(async folder => {
      const path = join(folder, 'streams');
      const file = await open(path, 'w');
      for (let stream = 0; stream < STREAMS; stream++)
        await file.write(`${stream === 0 ? '' : '=\n'}${linesOf(stream).join('\n')}\n`);
      await file.close();
      const results = (await decoded(path)).trimEnd().split('\n');
      expect(results).toHaveLength(STREAMS);
      for (const [stream, line] of results.entries()) {
        const { ssid, password, random } = credentialsOf(stream);
        expect(JSON.parse(line)).toMatchObject({
          status: 'complete',
          ssidHex: Buffer.from(ssid).toString('hex'),
          passwordHex: Buffer.from(password).toString('hex'),
          random,
        });
      }
    });
  }, 180_000);
});
