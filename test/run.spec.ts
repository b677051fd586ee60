// Starts apps of a small tree with apps/run.mjs, as a person does, and looks at what it builds and what it leaves alone.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const checkout = join(import.meta.dirname, '..');
const borrowed = ['apps/run.mjs', 'apps/build.mjs', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

const cli = `#!/usr/bin/env node
// Says what it was given.
import { greeting } from '#codecs/wire';
console.log(JSON.stringify({ greeting, arguments: process.argv.slice(2) }));
process.exitCode = 7;
`;
const gateway = `// Waits for its end.
process.once('SIGTERM', () => process.exit(3));
setInterval(() => {}, 60_000);
console.log('listening');
`;

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('apps/run.mjs', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'airbind-run-'));
    await mkdir(join(root, 'firmware-sim'));
    for (const file of borrowed) await cp(join(checkout, file), join(root, file));
    await symlink(join(checkout, 'node_modules'), join(root, 'node_modules'));
    await write('libs/codecs/wire/index.ts', "export const greeting: string = 'hello';\n");
    await write('libs/codecs/wire/contract.yaml', 'asyncapi: 3.0.0\n');
    await write('apps/cli/main.ts', cli);
    await write('apps/gateway/main.ts', gateway);
  });
  afterEach(() => rm(root, { recursive: true }));

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }

  const launch = (...args: string[]): ChildProcess =>
    spawn(process.execPath, ['apps/run.mjs', ...args], { cwd: root });

  async function run(...args: string[]): Promise<Ended> {
    const child = launch(...args);
    const heard = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]?.setEncoding('utf8').on('data', (text: string) => {
        heard[stream] += text;
      });
    }
    const [status] = await once(child, 'close');
    return { status, ...heard };
  }

  it('builds, then hands the app its arguments, its stdout and its exit code', async () => {
    const first = await run('cli', 'devices', '--json', 'a b');
    expect(JSON.parse(first.stdout)).toEqual({ greeting: 'hello', arguments: ['devices', '--json', 'a b'] });
    expect(first.status).toBe(7);
    expect(first.stderr).toMatch(/^building: types and code … \d+\.\d s\n$/);
    expect(await readdir(join(root, 'dist/libs/codecs/wire'))).toContain('contract.yaml');
  });

  it('builds again only when a source has changed', async () => {
    await run('cli');
    expect(await run('cli')).toMatchObject({ status: 7, stderr: '' });
    await write('libs/codecs/wire/index.ts', "export const greeting: string = 'good day';\n");
    const changed = await run('cli');
    expect(changed.stderr).toContain('building');
    expect(changed.stdout).toContain('good day');
  });

  it('prints the errors of the compiler and starts nothing', async () => {
    await write('libs/codecs/wire/index.ts', 'export const greeting: string = 1;\n');
    const ended = await run('cli');
    expect(ended).toMatchObject({ status: 1, stdout: '' });
    expect(ended.stderr).toMatch(/failed after .*\n.*wire\/index\.ts\(1,14\): error TS2322/);
  });

  it('lets one of several starts build, also when the lock was left by a process that died', async () => {
    const dead = spawn(process.execPath, ['--version']);
    await once(dead, 'close');
    await write(`dist/.lock/${dead.pid}`, '');
    const ended = await Promise.all(Array.from({ length: 4 }, () => run('cli')));
    expect(ended.map(({ status }) => status)).toEqual([7, 7, 7, 7]);
    expect(ended.filter(({ stderr }) => stderr.includes('types and code'))).toHaveLength(1);
    expect((await readdir(join(root, 'dist'))).filter(name => name.startsWith('.lock'))).toEqual([]);
  });

  it('is the app that gets the signals', async () => {
    const child = launch('gateway');
    child.stderr?.resume();
    if (child.stdout) await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([3, null]);
  });

  it('starts what was built where there are no tools to build', async () => {
    await run('cli');
    await rm(join(root, 'node_modules'));
    await write('libs/codecs/wire/index.ts', "export const greeting: string = 'newer';\n");
    expect((await run('cli')).stdout).toContain('hello');
    expect(await run('--build-only')).toMatchObject({ status: 1, stderr: expect.stringContaining('npm ci') });
  });

  it('says which Node it needs', async () => {
    await write('package.json', JSON.stringify({ type: 'module', engines: { node: '>=99.1.0' } }));
    expect(await run('cli')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^Airbind needs Node 99\.1 or newer; this is Node \d+\./),
    });
  });

  it('names the apps to whoever asks for another', async () => {
    const ended = await run('toaster');
    expect(ended).toMatchObject({ status: 64, stderr: expect.stringContaining('gateway|demo|cli') });
  });
});
