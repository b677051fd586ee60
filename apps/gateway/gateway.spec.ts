// A whole gateway in this process: what it shows, what it hides, and what a restart keeps.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connectAsync } from 'mqtt';
import {
  bind,
  firstOperator,
  makeLamps,
  password,
  resident,
  startTestGateway,
  TestCaller,
} from './gateway.fixture.js';

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

  it('keeps its token when another one is started in its place and finds the port taken', async () => {
    const gateway = await startTestGateway();
    try {
      const HTTP_PORT = new URL(gateway.url).port;
      const second = startTestGateway({ HTTP_PORT, AIRBIND_DATA: gateway.dataFolder });
      await expect(second).rejects.toMatchObject({ code: 'port-busy' });
      const left = await readFile(join(gateway.dataFolder, 'cli-token'), 'utf8');
      expect(left.trim()).toBe(gateway.cliToken);
    } finally {
      await gateway.close();
    }
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

describe('a restart', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-restart-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps accounts, sessions, devices and owners, and calls nobody offline', async () => {
    const first = await startTestGateway({ AIRBIND_DATA: folder });
    const { token } = await resident(first);
    const [lamp] = await makeLamps(first);
    if (!lamp) throw new Error('no lamp was made');
    await bind(new TestCaller(first.url, token), lamp.ticket);
    const credentials = { clientId: lamp.id, username: lamp.id, password: lamp.secret };
    const will = {
      topic: `v1/devices/${lamp.id}/status`,
      payload: '{"online":false,"boot":1}',
      qos: 1,
      retain: true,
    } as const;
    const client = await connectAsync(`mqtt://127.0.0.1:${first.mqttPort}`, {
      ...credentials,
      will,
      reconnectPeriod: 0,
    });
    await client.publishAsync(will.topic, '{"online":true,"boot":1}', { qos: 1, retain: true });
    await first.close();
    await client.endAsync(true);

    const second = await startTestGateway({ AIRBIND_DATA: folder });
    try {
      const [device] = await new TestCaller(second.url, token).call('devices');
      expect(device).toMatchObject({ id: lamp.id, state: 'bound' });
      expect(['online', 'unknown']).toContain(device?.presence.state);
      expect(second.cliToken).not.toBe(first.cliToken);
    } finally {
      await second.close();
    }
  });

  it('prints a fresh link while there is no operator, and none once there is one', async () => {
    const first = await startTestGateway({ AIRBIND_DATA: folder });
    await first.close();
    const second = await startTestGateway({ AIRBIND_DATA: folder });
    expect(second.firstOperatorUrl).not.toBe(first.firstOperatorUrl);
    await expect(firstOperator({ ...second, firstOperatorUrl: first.firstOperatorUrl })).rejects.toThrow(
      'link-spent',
    );
    await firstOperator(second);
    await second.close();
    const third = await startTestGateway({ AIRBIND_DATA: folder });
    await third.close();
    expect(third.firstOperatorUrl).toBeNull();
  });
});
