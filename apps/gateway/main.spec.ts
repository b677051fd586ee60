// The process as somebody starts it: its arguments, its sentences, its signals and its exit status.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryAuthorityStore, PrivateAuthority } from '#domain/certificates';
import { SystemClock } from '#domain/clock';
import { packageRoot } from './package-root.js';

describe('the process', () => {
  let folder: string;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    const build = spawn(process.execPath, ['apps/run.mjs', '--build-only'], {
      cwd: fileURLToPath(packageRoot),
    });
    expect(await ended(build)).toBe(0);
  }, 240_000);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-process-'));
  });

  afterEach(async () => {
    child?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('names every wrong setting at once and ends with 78', async () => {
    const { status, stderr } = await run({ HTTP_PORT: 'eighty', MQTT_PORT: '99999', PUBLIC_URL: 'nowhere' });
    for (const name of ['HTTP_PORT', 'MQTT_PORT', 'PUBLIC_URL']) expect(stderr).toContain(`${name} takes`);
    expect(status).toBe(78);
    expect(await readdir(folder)).toEqual([]);
  });

  it('lists its settings when asked for help', async () => {
    const { status, stdout } = await run({}, ['--help']);
    expect(stdout).toContain('AIRBIND_DATA');
    expect(status).toBe(0);
  });

  it('takes no other argument', async () => {
    expect((await run({}, ['--port'])).status).toBe(64);
  });

  it.each(['HTTP_PORT', 'MQTT_PORT'])('names the port of %s when somebody else has it', async variable => {
    const squatter = await listening();
    const address = squatter.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { status, stderr } = await run({ [variable]: String(port) });
    squatter.close();
    expect(stderr).toContain(String(port));
    expect(stderr).toContain(variable);
    expect(status).toBe(69);
  });

  it('prints where it is and how to begin, and stops in order on SIGTERM', async () => {
    const gateway = start({});
    const stdout = await said(gateway, 'stdout', /welcome\/[\w-]{43}/);
    expect(stdout).toContain(folder);
    gateway.kill('SIGTERM');
    expect(await ended(gateway)).toBe(0);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['airbind.db', 'keys.json']));
    expect(await readdir(folder)).not.toContain('cli-token');
  });

  it.each([
    ['sqlite::memory:', 78, 'DATABASE_URL'],
    ['sqlite:/dev/null/airbind.db', 75, 'cannot be opened'],
  ])('says what is wrong with the database %s', async (url, expected, part) => {
    const { status, stderr } = await run({ DATABASE_URL: url });
    expect(stderr).toContain(part);
    expect(status).toBe(expected);
    expect(await readdir(folder)).not.toContain('cli-token');
  });

  it('reads its certificate anew on SIGHUP, and goes on', async () => {
    const authority = new PrivateAuthority(new MemoryAuthorityStore(), new SystemClock());
    const files = { MQTT_TLS_CERT: join(folder, 'cert.pem'), MQTT_TLS_KEY: join(folder, 'key.pem') };
    const renew = async () => {
      await authority.create(['localhost']);
      await authority.certifyServer(['localhost']);
      const { certificate, privateKey } = (await authority.server()) ?? { certificate: '', privateKey: '' };
      await writeFile(files.MQTT_TLS_CERT, certificate);
      await writeFile(files.MQTT_TLS_KEY, privateKey);
    };
    await renew();
    const gateway = start(files);
    const isShown = /mqtt-tls-listening/g;
    const log = collected(gateway, 'stderr');
    await said(gateway, 'stdout', /mqtts:\/\/.*welcome/s);
    expect(log.join('').match(isShown)).toHaveLength(1);
    await renew();
    gateway.kill('SIGHUP');
    while (log.join('').match(isShown)?.length !== 2) await once(gateway.stderr as Readable, 'data');
    gateway.kill('SIGTERM');
    expect(await ended(gateway)).toBe(0);
  });

  it('stops at once at the second signal', async () => {
    const gateway = start({});
    await said(gateway, 'stdout', /welcome/);
    gateway.kill('SIGINT');
    gateway.kill('SIGINT');
    expect([0, 130]).toContain(await ended(gateway));
  });

  it('says that a data folder cannot be written', async () => {
    await writeFile(join(folder, 'a-file'), '');
    const { status, stderr } = await run({ AIRBIND_DATA: join(folder, 'a-file') });
    expect(stderr).toContain('AIRBIND_DATA');
    expect(status).toBe(78);
  });

  function start(environment: Record<string, string>, args: string[] = []): ChildProcess {
    child = spawn(process.execPath, ['dist/apps/gateway/main.js', ...args], {
      cwd: fileURLToPath(packageRoot),
      env: {
        PATH: process.env.PATH,
        AIRBIND_DATA: folder,
        HTTP_HOST: '127.0.0.1',
        MQTT_HOST: '127.0.0.1',
        HTTP_PORT: '0',
        MQTT_PORT: '0',
        MQTT_TLS_PORT: '0',
        ...environment,
      },
    });
    return child;
  }

  async function run(environment: Record<string, string>, args: string[] = []) {
    const gateway = start(environment, args);
    const [stdout, stderr] = [collected(gateway, 'stdout'), collected(gateway, 'stderr')];
    const status = await ended(gateway);
    return { status, stdout: stdout.join(''), stderr: stderr.join('') };
  }
});

function collected(gateway: ChildProcess, stream: 'stdout' | 'stderr'): string[] {
  const chunks: string[] = [];
  gateway[stream]?.on('data', chunk => chunks.push(String(chunk)));
  return chunks;
}

function said(gateway: ChildProcess, stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string> {
  const chunks = collected(gateway, stream);
  const errors = collected(gateway, 'stderr');
  return new Promise((resolve, reject) => {
    gateway[stream]?.on('data', () => pattern.test(chunks.join('')) && resolve(chunks.join('')));
    gateway.once('close', status => reject(new Error(`ended with ${status}: ${errors.join('')}`)));
  });
}

function ended(gateway: ChildProcess): Promise<number | null> {
  return new Promise(resolve => gateway.once('close', resolve));
}

function listening(): Promise<Server> {
  const server = createServer();
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}
