import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  bind,
  firstOperator,
  makeLamps,
  password,
  resident,
  startTestGateway,
  TestCaller,
} from './gateway.fixture.js';
import { packageRoot } from './package-root.js';

describe('a gateway', () => {
  it('shows its health, its interface and its pages to everybody, with headers that keep browsers safe', async () => {
    const gateway = await startTestGateway();
    try {
      const get = async (path: string) => fetch(gateway.url + path);
      expect(await (await get('/health/live')).json()).toEqual({ status: 'ok', checks: {} });
      expect(await (await get('/health/ready')).json()).toEqual({
        status: 'ok',
        checks: { store: 'ok', broker: 'ok' },
      });
      expect(await (await get('/docs/json')).json()).toMatchObject({ openapi: '3.1.0' });
      for (const path of ['/docs', '/health/live', '/api/v1/homes', '/nothing']) {
        const { headers } = await get(path);
        expect(headers.get('content-security-policy')).toContain("default-src 'self'");
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
      }
    } finally {
      await gateway.close();
    }
  });

  it('shows its interface without any script that its own policy forbids', async () => {
    const gateway = await startTestGateway();
    try {
      const page = await (await fetch(`${gateway.url}/docs`)).text();
      expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
      const scripts = [...page.matchAll(/<script src="([^"]+)"/g)].map(([, src]) => src ?? '');
      expect(scripts.length).toBeGreaterThan(0);
      for (const src of scripts) {
        const response = await fetch(new URL(src, `${gateway.url}/`));
        expect([src, response.status]).toEqual([src, 200]);
        expect(await response.text()).not.toBe('');
      }
    } finally {
      await gateway.close();
    }
  });

  it('does not wait for ever for somebody who does not read, when it is stopped', async () => {
    const gateway = await startTestGateway();
    const unread = await fetch(`${gateway.url}/docs/swagger-ui-bundle.js`);
    await gateway.close();
    await expect(fetch(`${gateway.url}/health/live`)).rejects.toThrow();
    await unread.body?.cancel().catch(() => {});
  });

  it('leaves a token for the command line while it runs, and takes it away', async () => {
    const gateway = await startTestGateway();
    const path = join(gateway.dataFolder, 'cli-token');
    expect((await readFile(path, 'utf8')).trim()).toBe(gateway.cliToken);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await gateway.close();
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses a body that is too long, or that is not JSON, as an invalid request', async () => {
    const gateway = await startTestGateway();
    try {
      const send = async (type: string, body: string) => {
        const response = await fetch(`${gateway.url}/api/v1/sessions`, {
          method: 'POST',
          headers: { 'content-type': type },
          body,
        });
        return { status: response.status, problem: await response.json() };
      };
      const refused = { status: 400, problem: { code: 'invalid-request' } };
      expect(await send('application/json', JSON.stringify({ email: 'x'.repeat(100_000) }))).toMatchObject(
        refused,
      );
      expect(await send('application/json', '{')).toMatchObject(refused);
      expect(await send('text/plain', 'email=a')).toMatchObject(refused);
      expect(await send('application/x-www-form-urlencoded', 'email=a')).toMatchObject(refused);
    } finally {
      await gateway.close();
    }
  });

  it('writes no password, token, secret or ticket to its log', async () => {
    const gateway = await startTestGateway();
    const operator = await firstOperator(gateway);
    const person = await resident(gateway);
    const [lamp] = await makeLamps(gateway);
    if (!lamp) throw new Error('no lamp was made');
    await bind(person, lamp.ticket);
    const nobody = new TestCaller(gateway.url);
    await nobody.raw('ticket', { params: { ticket: lamp.ticket } });
    await nobody.raw('signIn', { body: { email: 'resident@example.org', password: 'a wrong password' } });
    await fetch(`${gateway.url}/D/${lamp.ticket}`);
    await fetch(gateway.firstOperatorUrl ?? '');
    const link = await operator.call('makeSignInLink', { body: { email: 'guest@example.org' } });
    await fetch(link.url.replace(gateway.publicUrl, gateway.url));
    await gateway.close();

    const log = gateway.log.join('');
    expect(log).toContain('"route":"/api/v1/tickets/:ticket"');
    const hidden = [
      password,
      'a wrong password',
      gateway.cliToken,
      gateway.firstOperatorUrl?.split('/').at(-1),
      link.url.split('/').at(-1),
      operator.token,
      person.token,
      lamp.secret,
      lamp.ticket,
    ];
    for (const secret of hidden) {
      expect(secret).toEqual(expect.stringMatching(/.{10}/));
      expect(log.toLowerCase()).not.toContain(secret?.toLowerCase());
    }
  });
});

describe('the process', () => {
  let folder: string;
  let child: ChildProcess | undefined;

  // The first start builds what it runs.
  beforeAll(async () => {
    expect((await run({}, ['--help'])).status).toBe(0);
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
    child = spawn(process.execPath, ['apps/run.mjs', 'gateway', ...args], {
      cwd: fileURLToPath(packageRoot),
      env: {
        PATH: process.env.PATH,
        AIRBIND_DATA: folder,
        HTTP_HOST: '127.0.0.1',
        MQTT_HOST: '127.0.0.1',
        HTTP_PORT: '0',
        MQTT_PORT: '0',
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
