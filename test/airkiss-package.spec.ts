// The package of AirKiss, packed and installed into an empty project, as a stranger would use it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const folder = mkdtempSync(join(tmpdir(), 'airkiss-package-'));

afterAll(() => rmSync(folder, { recursive: true }));

const run = (program: string, words: readonly string[], cwd: string): string =>
  execFileSync(program, words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const USE = `
import { AirKissDecoder, encode, SCHEDULES, transmit } from 'airkiss';
const bytes = text => new TextEncoder().encode(text);
const decoder = new AirKissDecoder();
let seq = 0;
for (const { length } of transmit(encode({ ssid: bytes('MySSID'), password: bytes('12345678'), random: 90 }), SCHEDULES.wechat))
  if (decoder.push({ length: length + 76, seq: seq++ % 4096, direction: 'from', source: 'a', bssid: 'b' }).status === 'complete') break;
console.log(new TextDecoder().decode(decoder.state.password));
`;

describe('the package airkiss', () => {
  it('installs into an empty project without a dependency, with types, and works', () => {
    const packed = join(folder, 'package');
    run(process.execPath, ['apps/pack-airkiss.mjs', packed], process.cwd());
    expect(readdirSync(packed)).toEqual(
      expect.arrayContaining(['index.js', 'index.d.ts', 'README.md', 'LICENSE']),
    );
    run('npm', ['pack', '--silent', packed], folder);
    const [tarball = ''] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
    writeFileSync(join(folder, 'package.json'), '{"name":"empty","private":true}');
    run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', `./${tarball}`], folder);
    expect(readdirSync(join(folder, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual([
      'airkiss',
    ]);
    writeFileSync(join(folder, 'use.mjs'), USE);
    expect(run(process.execPath, ['use.mjs'], folder).trim()).toBe('12345678');
  }, 60_000);
});
