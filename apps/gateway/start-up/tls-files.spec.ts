// The operator's certificate files: what is wrong with them is named, and what is in them is not.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync } from 'mqtt';
import { type Certified, factsOf, MemoryAuthorityStore, PrivateAuthority } from '#domain/certificates';
import { ManualClock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { makeLamps, startTestGateway, TestCaller, type TestGateway } from '../gateway.fixture.js';
import { readAuthorityFile, readTlsFiles } from './tls-files.js';

const now = Date.now();
const yearMs = 365 * 86_400_000;

interface World {
  readonly issuer: PrivateAuthority;
  readonly authority: string;
  readonly server: Certified;
}

async function worldOf(at: number): Promise<World> {
  const issuer = new PrivateAuthority(new MemoryAuthorityStore(), new ManualClock(at));
  const { certificate } = await issuer.create(['localhost', '127.0.0.1']);
  const server = await issuer.server();
  if (server === null) throw new Error('no certificate for the server');
  return { issuer, authority: certificate, server };
}

describe('certificate files', () => {
  let folder: string;
  let world: World;
  let other: World;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-tls-'));
    world = await worldOf(now);
    other = await worldOf(now);
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function file(text: string, name = 'file.pem'): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }

  async function faultsOf(read: Promise<unknown>) {
    const error = await read.then(
      () => null,
      (fault: unknown) => fault,
    );
    if (!(error instanceof DomainError) || error.code !== 'settings-invalid') throw error;
    expect(JSON.stringify(error.details)).not.toContain('BEGIN');
    return error.details.faults ?? [];
  }

  it('are not asked for when none is set', async () => {
    expect(await readTlsFiles(null, null, now)).toBeNull();
    expect(await readAuthorityFile(null, now)).toEqual([]);
  });

  it('are read when all is well', async () => {
    const { certificate, privateKey } = world.server;
    const paths = [await file(certificate, 'cert.pem'), await file(privateKey, 'key.pem')] as const;
    expect(await readTlsFiles(...paths, now)).toEqual({ certificate, privateKey });
    const both = await file(`${world.authority}\n# another\n${other.authority}`);
    expect(await readAuthorityFile(both, now)).toHaveLength(2);
  });

  it('name each file that is not there, and the one that is missing beside the other', async () => {
    const none = join(folder, 'none.pem');
    expect(await faultsOf(readTlsFiles(none, null, now))).toEqual([
      { field: 'MQTT_TLS_CERT', message: expect.stringContaining('ENOENT') },
      { field: 'MQTT_TLS_KEY', message: expect.stringContaining('go together') },
    ]);
    expect(await faultsOf(readAuthorityFile(none, now))).toMatchObject([{ field: 'MQTT_TLS_CA' }]);
  });

  it('name a key that belongs to another certificate, and what is neither', async () => {
    const certificate = await file(world.server.certificate, 'cert.pem');
    const foreign = await file(other.server.privateKey, 'key.pem');
    expect(await faultsOf(readTlsFiles(certificate, foreign, now))).toMatchObject([
      { field: 'MQTT_TLS_KEY', message: expect.stringContaining('belongs') },
    ]);
    const nonsense = await file('nonsense');
    expect(await faultsOf(readTlsFiles(nonsense, nonsense, now))).toHaveLength(2);
    expect(await faultsOf(readAuthorityFile(nonsense, now))).toHaveLength(1);
  });

  it.each([
    ['has ended', 3 * yearMs, /ended/],
    ['does not hold yet', -yearMs, /begins/],
  ])('name a certificate that %s', async (_, laterMs, words) => {
    const paths = [
      await file(world.server.certificate, 'cert.pem'),
      await file(world.server.privateKey, 'key.pem'),
    ];
    const [certificate = '', key = ''] = paths;
    const faults = await faultsOf(readTlsFiles(certificate, key, now + laterMs));
    expect(faults).toEqual([{ field: 'MQTT_TLS_CERT', message: expect.stringMatching(words) }]);
  });

  describe('of a gateway', () => {
    let gateway: TestGateway;
    const names = { cert: 'live-cert.pem', key: 'live-key.pem' };

    async function put({ certificate, privateKey }: Certified): Promise<void> {
      await file(certificate, names.cert);
      await file(privateKey, names.key);
    }

    beforeAll(async () => {
      await put(world.server);
      gateway = await startTestGateway({
        MQTT_TLS_CERT: join(folder, names.cert),
        MQTT_TLS_KEY: join(folder, names.key),
        MQTT_TLS_CA: await file(world.authority, 'live-ca.pem'),
      });
    });

    afterAll(() => gateway.close());

    function shown(): Promise<string | undefined> {
      return new Promise((resolve, reject) => {
        const socket = connect(
          { port: gateway.mqttTlsPort ?? 0, host: '127.0.0.1', rejectUnauthorized: false },
          () => {
            resolve(factsOf(socket.getPeerX509Certificate()?.raw ?? '')?.fingerprint);
            socket.destroy();
          },
        );
        socket.on('error', reject);
      });
    }

    it('are served from the start, and let registered devices in', async () => {
      const operator = new TestCaller(gateway.url, gateway.cliToken);
      const [lamp] = await makeLamps(gateway);
      const deviceId = lamp?.id ?? '';
      const { certificate, privateKey } = await world.issuer.certifyDevice(deviceId, null);
      const enter = () =>
        connectAsync(
          `mqtts://127.0.0.1:${gateway.mqttTlsPort}`,
          {
            clientId: deviceId,
            ca: world.authority,
            cert: certificate,
            key: privateKey ?? '',
            reconnectPeriod: 0,
          },
          false,
        );
      await expect(enter()).rejects.toThrow('Not authorized');
      await operator.call('registerCertificate', { params: { deviceId }, body: { certificate } });
      const device = await enter();
      expect(device.connected).toBe(true);
      device.end(true);
    });

    it('are read again when told so, and stay as they were when the new ones are wrong', async () => {
      expect(await shown()).toBe(factsOf(world.server.certificate)?.fingerprint);
      await put(other.server);
      await gateway.renewCertificates();
      expect(await shown()).toBe(factsOf(other.server.certificate)?.fingerprint);
      await file(world.server.privateKey, names.key);
      await gateway.renewCertificates();
      expect(await shown()).toBe(factsOf(other.server.certificate)?.fingerprint);
      expect(gateway.log.join('')).toMatch(/mqtt-tls-not-renewed.*MQTT_TLS_KEY takes the key that belongs/);
      await put(world.server);
    });

    it('keep it from starting when they are wrong', async () => {
      const started = startTestGateway({ MQTT_TLS_CERT: join(folder, 'none.pem'), MQTT_TLS_KEY: 'none' });
      await expect(started).rejects.toMatchObject({ code: 'settings-invalid' });
    });
  });
});
