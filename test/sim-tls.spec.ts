// The simulator over TLS, as a process, at a gateway that lets nobody in over TLS without a certificate.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from './condition.js';
import { GatewayProcess } from './gateway-process.js';
import { build, Program } from './program.js';

describe('npm run sim, at a gateway that requires certificates', () => {
  let folder: string;
  let gateway: GatewayProcess;
  let broker: string;
  let ca: string;
  const homes: Program[] = [];

  beforeAll(async () => {
    await build();
    folder = await mkdtemp(join(tmpdir(), 'airbind-sim-tls-'));
    const environment = { MQTT_TLS_PORT: '0', MQTT_TLS_CLIENT_CERTIFICATE: 'required' };
    gateway = await GatewayProcess.start(join(folder, 'data'), environment);
    const authority = await gateway.operator.call('makeAuthority', { body: { names: ['127.0.0.1'] } });
    broker = `mqtts://127.0.0.1:${authority.tlsPort}`;
    ca = await written('ca.pem', authority.certificate);
  }, 240_000);

  afterEach(async () => {
    await Promise.all(homes.splice(0).map(home => home.signal('SIGKILL')));
  });

  afterAll(async () => {
    await gateway.kill();
    await rm(folder, { recursive: true, force: true });
  });

  async function written(name: string, text: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }

  /** Gas sensors, some of them with the certificate that they were given. */
  async function made(count: number, areCertified: boolean) {
    const body = { product: 'gas-sensor', count };
    const { devices } = await gateway.operator.call('makeBatch', { body });
    return Promise.all(
      devices.map(async device => {
        if (!areCertified) return device;
        const params = { deviceId: device.id };
        const { certificate, privateKey } = await gateway.operator.call('certifyDevice', {
          params,
          body: {},
        });
        return { ...device, certificate, privateKey: privateKey ?? '' };
      }),
    );
  }

  let homesSoFar = 0;

  async function live(devices: readonly object[], ...words: string[]): Promise<Program> {
    homesSoFar += 1;
    const identities = await written(`batch-${homesSoFar}.json`, JSON.stringify({ devices }));
    const state = join(folder, `state-${homesSoFar}.json`);
    const program = Program.start([
      'dist/firmware-sim/main.js',
      ...['--identities', identities, '--state', state, '--provisioned', '--fast'],
      ...['--broker', broker, ...words],
    ]);
    homes.push(program);
    return program;
  }

  const isHeard = async (deviceId: string) => {
    const { presence } = await gateway.operator.call('device', { params: { deviceId } });
    return presence.lastHeardAt !== null;
  };

  it('reports with the certificate of each device, and needs no secret', async () => {
    const devices = await made(2, true);
    await live(
      devices.map(device => ({ ...device, secret: 'lost' })),
      ...['--ca', ca],
    );
    for (const { id } of devices) await until(`${id} is heard`, () => isHeard(id));
  });

  it('takes the certificate of a single device from files', async () => {
    const [device] = await made(1, true);
    if (!device || !('certificate' in device)) throw new Error('no device with a certificate');
    const { certificate, privateKey, ...plain } = device;
    const both = await written('device.pem', privateKey + certificate);
    await live([{ ...plain, secret: 'lost' }], ...['--ca', ca, '--cert', both, '--key', both]);
    await until('it is heard', () => isHeard(device.id));
  });

  it('gets nowhere with a secret alone, nor trusts a gateway of an authority that it was not told', async () => {
    const [device] = await made(1, false);
    if (!device) throw new Error('no device');
    const bare = await live([device], '--ca', ca);
    await bare.said(/closed|reset/i);
    const doubtful = await live([device]);
    await doubtful.said(/certificate/i);
    expect(await isHeard(device.id)).toBe(false);
    const metrics = await fetch(`${gateway.url}/metrics`, {
      headers: { authorization: `Bearer ${gateway.operator.token}` },
    });
    expect(await metrics.text()).toMatch(/certificate-missing"?\} [1-9]/);
  });

  it.each([
    ['one certificate for two', 2, ['--cert', 'x', '--key', 'x'], /a certificate is one device's/],
    ['a certificate without its key', 1, ['--cert', 'x'], /go together/],
    ['a file that is none', 1, ['--ca', '/nowhere'], /no file of PEM/],
    ['an authority without TLS', 1, ['--broker', 'mqtt://127.0.0.1:1', '--ca', 'x'], /mqtts:/],
  ])('says what to do with %s', async (_, count, words, sentence) => {
    const home = await live(await made(count, false), ...words);
    const { status, stderr } = await home.ended();
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(sentence) });
  });

  it('does not start where nobody vouches for devices', async () => {
    const { certificate, privateKey } = await gateway.operator.call('certifyDevice', {
      params: { deviceId: (await made(1, false))[0]?.id ?? '' },
      body: {},
    });
    const files = {
      MQTT_TLS_CERT: await written('server.pem', certificate),
      MQTT_TLS_KEY: await written('server.key', privateKey ?? ''),
    };
    const { status, stderr } = await Program.run(['dist/apps/gateway/main.js'], {
      AIRBIND_DATA: join(folder, 'other'),
      HTTP_PORT: '0',
      MQTT_PORT: '0',
      MQTT_TLS_PORT: '0',
      HTTP_HOST: '127.0.0.1',
      MQTT_HOST: '127.0.0.1',
      MQTT_TLS_CLIENT_CERTIFICATE: 'required',
      ...files,
    });
    expect({ status, stderr }).toEqual({ status: 78, stderr: expect.stringContaining('MQTT_TLS_CA') });
  });
});
