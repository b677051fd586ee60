// Signing in and out, and which token goes to which gateway.
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tokenFor } from './credentials.js';
import { type PretendGateway, pretendGateway } from './gateway.fixture.js';
import { LoginStore } from './logins.js';
import { readSettings } from './settings.js';
import { inFolder, typed } from './typed.fixture.js';

const token = 'the-token-of-the-session';
const account = {
  id: 'A1',
  email: 'li@example.com',
  name: 'Li',
  locale: 'en',
  role: 'operator',
  homeId: 'H1',
} as const;
const session = { account, expiresAt: 1_800_000_000_000, token };

let gateway: PretendGateway;
beforeEach(async () => {
  gateway = await pretendGateway(token);
});
afterEach(() => gateway.close());

describe('login', () => {
  it('keeps the token in a file for its owner alone, and later commands use it', () =>
    inFolder(async folder => {
      const environment = { AIRBIND_URL: gateway.url, XDG_CONFIG_HOME: join(folder, 'config') };
      gateway.answer({ signIn: session, homes: [] });
      const words = ['login', '--email', 'li@example.com', '--password-stdin'];
      const { status, out, err } = await typed(words, { environment, input: 'correct horse\n' });
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toMatch(/^Signed in at http:.* as li@example\.com \(operator\) until /);
      expect(gateway.seen[0]).toMatchObject({
        url: '/api/v1/sessions?token=true',
        body: { email: 'li@example.com', password: 'correct horse' },
      });

      const file = join(folder, 'config', 'airbind', 'logins.json');
      expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
      expect(await readdir(dirname(file))).toEqual(['logins.json']);
      expect((await typed(['homes', 'list'], { environment })).status).toBe(0);
    }));

  it('prints no token and no password, with --json neither', () =>
    inFolder(async folder => {
      const environment = { AIRBIND_URL: gateway.url, XDG_CONFIG_HOME: folder };
      gateway.answer({ signIn: session });
      const { out, err } = await typed(['login', '--email', 'li@example.com', '--password-stdin', '--json'], {
        environment,
        input: 'correct horse',
      });
      expect(JSON.parse(out)).toEqual({ gateway: gateway.url, account, expiresAt: session.expiresAt });
      expect(out + err).not.toMatch(/the-token|correct horse/);
    }));

  it('asks for what it was not given', () =>
    inFolder(async folder => {
      gateway.answer({ signIn: session });
      const { status } = await typed(['login'], {
        environment: { AIRBIND_URL: gateway.url, XDG_CONFIG_HOME: folder },
        answers: ['li@example.com', 'correct horse'],
      });
      expect(status).toBe(0);
      expect(gateway.seen[0]?.body).toEqual({ email: 'li@example.com', password: 'correct horse' });
    }));

  it('with a wrong password ends with 77 and keeps nothing', () =>
    inFolder(async folder => {
      gateway.answer({ signIn: { problem: { code: 'wrong-credentials' } } });
      const { status, err } = await typed(['login'], {
        environment: { AIRBIND_URL: gateway.url, XDG_CONFIG_HOME: folder },
        answers: ['li@example.com', 'wrong'],
      });
      expect({ status, err }).toEqual({
        status: 77,
        err: 'airbind: The mail address or the password is not right.\n',
      });
      expect(await readdir(folder)).toEqual([]);
    }));
});

describe('logout', () => {
  const loginAt = (folder: string) => new LoginStore(join(folder, 'airbind', 'logins.json'));
  const login = { token, email: account.email, expiresAt: session.expiresAt };

  it('ends the session at the gateway and forgets this one alone', () =>
    inFolder(async folder => {
      const store = loginAt(folder);
      await store.keep(gateway.url, login);
      await store.keep('https://other.example', login);
      gateway.answer({ signOut: { done: true } });
      const environment = { AIRBIND_URL: gateway.url, XDG_CONFIG_HOME: folder };
      expect(await typed(['logout'], { environment })).toEqual({
        status: 0,
        out: `Signed out at ${gateway.url}.\n`,
        err: '',
      });
      expect(gateway.seen).toMatchObject([{ name: 'signOut', authorization: `Bearer ${token}` }]);
      expect(await store.find(gateway.url)).toBeUndefined();
      expect(await store.find('https://other.example')).toEqual(login);
    }));

  it('forgets the session here even when the gateway is away, and says so', () =>
    inFolder(async folder => {
      await loginAt(folder).keep('http://127.0.0.1:1', login);
      const environment = { AIRBIND_URL: 'http://127.0.0.1:1', XDG_CONFIG_HOME: folder };
      const { status, err } = await typed(['logout'], { environment });
      expect(status).toBe(69);
      expect(err).toContain('forgotten here');
      expect(await loginAt(folder).find('http://127.0.0.1:1')).toBeUndefined();
    }));

  it('is content when the session was over or there was none', () =>
    inFolder(async folder => {
      const environment = { AIRBIND_URL: gateway.url, XDG_CONFIG_HOME: folder };
      await loginAt(folder).keep(gateway.url, { ...login, token: 'a-token-that-has-expired' });
      expect((await typed(['logout'], { environment })).status).toBe(0);
      const { status, out } = await typed(['logout', '--json'], { environment });
      expect({ status, out: JSON.parse(out) }).toEqual({
        status: 0,
        out: { gateway: gateway.url, wasSignedIn: false },
      });
    }));
});

describe('the token', () => {
  const local = 'http://127.0.0.1:8080';
  const remote = 'https://gas.example';
  const left = 'the-token-that-the-gateway-left';

  async function tokenIn(
    folder: string,
    url: string,
    environment = {},
    options = {},
  ): Promise<string | undefined> {
    return tokenFor(readSettings(options, { AIRBIND_URL: url, XDG_CONFIG_HOME: folder, ...environment }));
  }

  async function dataFolder(folder: string): Promise<string> {
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true });
    await writeFile(join(data, 'cli-token'), `${left}\n`);
    return data;
  }

  it('of the environment comes before everything', () =>
    inFolder(async folder => {
      const environment = {
        AIRBIND_TOKEN: 'the-token-of-the-environment',
        AIRBIND_DATA: await dataFolder(folder),
      };
      expect(await tokenIn(folder, local, environment)).toBe('the-token-of-the-environment');
    }));

  it('of a data folder that was named comes before the login', () =>
    inFolder(async folder => {
      const data = await dataFolder(folder);
      await new LoginStore(join(folder, 'airbind', 'logins.json')).keep(local, {
        token,
        email: 'x',
        expiresAt: 1,
      });
      expect(await tokenIn(folder, local, { AIRBIND_DATA: data })).toBe(left);
      expect(await tokenIn(folder, local, {}, { data })).toBe(left);
      expect(await tokenIn(folder, local)).toBe(token);
    }));

  it('that lies in ./data goes to a gateway on this machine and never to another', () =>
    inFolder(async folder => {
      const data = await dataFolder(folder);
      const unnamed = (url: string) =>
        tokenFor({ ...readSettings({}, { AIRBIND_URL: url, XDG_CONFIG_HOME: folder }), dataFolder: data });
      expect(await unnamed(local)).toBe(left);
      expect(await unnamed('http://localhost:9000')).toBe(left);
      expect(await unnamed('http://[::1]:9000')).toBe(left);
      expect(await unnamed(remote)).toBeUndefined();
      expect(await unnamed('http://127.0.0.1.gas.example')).toBeUndefined();
      expect(await unnamed('http://localhost.gas.example')).toBeUndefined();
    }));

  it('is missing when nobody signed in', () =>
    inFolder(async folder => {
      expect(await tokenIn(folder, remote)).toBeUndefined();
      expect(await tokenIn(folder, local, { AIRBIND_DATA: join(folder, 'nothing') })).toBeUndefined();
    }));

  it('cannot be read from a damaged file of logins, which is named and left alone', () =>
    inFolder(async folder => {
      const file = join(folder, 'airbind', 'logins.json');
      await mkdir(dirname(file));
      await writeFile(file, '{"version":1,"gate');
      const environment = { AIRBIND_URL: remote, XDG_CONFIG_HOME: folder };
      const { status, err } = await typed(['devices', 'list'], { environment });
      expect(status).toBe(66);
      expect(err).toContain(file);
      expect(await readFile(file, 'utf8')).toBe('{"version":1,"gate');
    }));
});
