// The commands that say who may connect: applications, certificates, and the secrets of devices.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type PretendGateway, pretendGateway } from '../gateway.fixture.js';
import { inFolder, typed } from '../typed.fixture.js';

const token = 'a-token-that-is-good-enough';

const application = {
  id: 'dashboard',
  userName: 'app:dashboard',
  subscribe: ['v1/devices/+/telemetry'],
  publish: [],
  createdAt: 1_763_700_000_000,
};
const authority = {
  certificate: '-----BEGIN CERTIFICATE-----\nca\n-----END CERTIFICATE-----\n',
  name: 'Airbind 2026-11-21',
  fingerprint: 'ab'.repeat(32),
  endsAt: 1_763_700_000_000,
  server: { names: ['gw.example', 'localhost'], endsAt: 1_763_700_000_000 },
  tlsPort: 8883,
};
const certificate = {
  deviceId: 'd1-1',
  certificate: '-----BEGIN CERTIFICATE-----\ndevice\n-----END CERTIFICATE-----\n',
  privateKey: '-----BEGIN PRIVATE KEY-----\nkey\n-----END PRIVATE KEY-----\n',
  authority: authority.certificate,
};

let gateway: PretendGateway;
beforeEach(async () => {
  gateway = await pretendGateway(token);
});
afterEach(() => gateway.close());

function ask(...words: readonly string[]) {
  return typed(words, { environment: { AIRBIND_URL: gateway.url, AIRBIND_TOKEN: token } });
}

describe('airbind applications', () => {
  it('creates one by its rules, and shows its secret', async () => {
    gateway.answer({ makeApplication: { ...application, secret: 'shown-once' } });
    const { status, out } = await ask(
      ...['applications', 'create', 'dashboard'],
      ...['--subscribe', 'v1/devices/+/telemetry', '--subscribe', 'v1/devices/+/event'],
      ...['--publish', 'v1/devices/+/command'],
    );
    expect(status).toBe(0);
    expect(out).toMatch(/app:dashboard\n.*shown-once/);
    expect(gateway.seen).toMatchObject([
      {
        name: 'makeApplication',
        body: {
          id: 'dashboard',
          subscribe: ['v1/devices/+/telemetry', 'v1/devices/+/event'],
          publish: ['v1/devices/+/command'],
        },
      },
    ]);
  });

  it('lists, rotates and revokes', async () => {
    gateway.answer({
      applications: [application],
      rotateApplication: { ...application, secret: 'shown-again' },
      dropApplication: { done: true },
    });
    expect((await ask('applications', 'list')).out).toContain('v1/devices/+/telemetry');
    expect((await ask('applications', 'rotate', 'dashboard')).out).toContain('shown-again');
    expect((await ask('applications', 'revoke', 'dashboard')).out).toContain('no longer');
    expect(gateway.seen.map(({ url }) => url)).toEqual([
      '/api/v1/applications',
      '/api/v1/applications/dashboard/secret',
      '/api/v1/applications/dashboard',
    ]);
  });

  it('says with status 65 that the name is taken', async () => {
    gateway.answer({ makeApplication: { problem: { code: 'application-exists' } } });
    expect((await ask('applications', 'create', 'dashboard')).status).toBe(65);
  });
});

describe('airbind ca', () => {
  it('makes the authority, and says where TLS is served', async () => {
    gateway.answer({ makeAuthority: authority, authority, certifyGateway: authority });
    const { out } = await ask('ca', 'create', '--name', 'gw.example', '--name', '192.0.2.7');
    expect(out).toMatch(/gw\.example localhost[\s\S]*8883/);
    expect(gateway.seen[0]?.body).toEqual({ names: ['gw.example', '192.0.2.7'] });
    expect((await ask('ca', 'show')).out).toContain(authority.fingerprint);
    expect((await ask('ca', 'certificate')).out).toBe(authority.certificate);
    expect((await ask('ca', 'server')).status).toBe(64);
    expect((await ask('ca', 'server', '--name', 'gw.example')).status).toBe(0);
  });

  it('writes a device’s key and certificate into a file for one pair of eyes', () =>
    inFolder(async folder => {
      gateway.answer({ certifyDevice: certificate });
      const file = join(folder, 'd1-1.pem');
      const { out } = await ask('ca', 'issue', 'd1-1', '--out', file);
      expect(out).not.toContain('PRIVATE KEY');
      expect(await readFile(file, 'utf8')).toBe(
        certificate.privateKey + certificate.certificate + certificate.authority,
      );
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect((await ask('ca', 'issue', 'd1-1', '--out', file)).status).toBe(73);
    }));

  it('sends a request, and a certificate of another authority, as they are in their files', () =>
    inFolder(async folder => {
      gateway.answer({
        certifyDevice: { ...certificate, privateKey: null },
        registerCertificate: { deviceId: 'd1-1', fingerprint: 'cd'.repeat(32) },
      });
      const file = join(folder, 'text');
      await writeFile(file, 'as it is');
      const { out } = await ask('ca', 'issue', 'd1-1', '--request', file);
      expect(out).toBe(certificate.certificate + certificate.authority);
      expect((await ask('ca', 'register', 'd1-1', file)).out).toContain('cd'.repeat(32));
      expect(gateway.seen.map(({ body }) => body)).toEqual([
        { request: 'as it is' },
        { certificate: 'as it is' },
      ]);
      expect((await ask('ca', 'register', 'd1-1', join(folder, 'none'))).status).toBe(66);
    }));
});

describe('airbind devices', () => {
  it('revokes and reissues only when it is meant', async () => {
    gateway.answer({
      revokeDevice: { done: true },
      reissueDevice: { deviceId: 'd1-1', secret: 'shown-once' },
    });
    for (const word of ['revoke', 'reissue']) {
      expect((await ask('devices', word, 'd1-1')).status).toBe(64);
    }
    expect(gateway.seen).toEqual([]);
    expect((await ask('devices', 'revoke', 'd1-1', '--yes')).out).toContain('d1-1 is let in no longer');
    expect((await ask('devices', 'reissue', 'd1-1', '--yes')).out).toContain('shown-once');
  });
});
