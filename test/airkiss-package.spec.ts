// The package of AirKiss, packed and installed into an empty project, as a stranger would use it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

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

/** What a consumer in TypeScript writes: every kind of export, and a mistake that has to be one. */
const TYPED_USE = `
import { AirKissDecoder, type Credentials, type DecoderState, encode, type Frame, SCHEDULES, transmit } from 'airkiss';
const credentials: Credentials = { ssid: new Uint8Array([1]), password: new Uint8Array(), random: 90 };
const lengths: number[] = [...transmit(encode(credentials), SCHEDULES.adaptive)].map(({ length }) => length);
const decoder = new AirKissDecoder({ decrypt: sent => sent });
const frame: Frame = { length: lengths[0] ?? 1, direction: 'from', source: 'a', bssid: 'b' };
const state: DecoderState = decoder.push(frame);
export const ssid: Uint8Array | undefined = state.status === 'complete' ? state.ssid : undefined;
// @ts-expect-error a name is bytes, not text
encode({ ssid: 'MySSID', password: new Uint8Array(), random: 90 });
`;

const RESOLUTIONS = { node16: 'node16', bundler: 'esnext' } as const;

describe('the package airkiss', () => {
  beforeAll(() => {
    const packed = join(folder, 'package');
    run(process.execPath, ['apps/pack-airkiss.mjs', packed], process.cwd());
    run('npm', ['pack', '--silent', packed], folder);
    const [tarball = ''] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
    writeFileSync(join(folder, 'package.json'), '{"name":"empty","private":true,"type":"module"}');
    run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', `./${tarball}`], folder);
  });

  it('installs into an empty project without a dependency, with types, its page and its license', () => {
    const modules = join(folder, 'node_modules');
    expect(readdirSync(modules).filter(name => !name.startsWith('.'))).toEqual(['airkiss']);
    expect(readdirSync(join(modules, 'airkiss'))).toEqual(
      expect.arrayContaining(['index.js', 'index.d.ts', 'README.md', 'LICENSE']),
    );
  });

  it('works there', () => {
    writeFileSync(join(folder, 'use.js'), USE);
    expect(run(process.execPath, ['use.js'], folder).trim()).toBe('12345678');
  });

  it.each(Object.entries(RESOLUTIONS))(
    'has types that a strict project understands that resolves like %s, with nothing else installed',
    (moduleResolution, module) => {
      writeFileSync(join(folder, 'use.ts'), TYPED_USE);
      const options = { module, moduleResolution, target: 'es2023', lib: ['es2023'], types: [] };
      const compilerOptions = { ...options, strict: true, noEmit: true, skipLibCheck: false };
      const project = join(folder, `tsconfig.${moduleResolution}.json`);
      writeFileSync(project, JSON.stringify({ compilerOptions, files: ['use.ts'] }));
      const compiler = join(process.cwd(), 'node_modules/typescript/bin/tsc');
      expect(saidBy(compiler, project)).toBe('');
    },
  );
});

/** What the compiler complains about; nothing when all is well. */
function saidBy(compiler: string, project: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', project], {
    cwd: folder,
    encoding: 'utf8',
  });
  return `${stdout}${stderr}`;
}
