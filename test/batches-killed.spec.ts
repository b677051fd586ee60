// A batch and its export when everything is killed on the way: each device is there once, and each secret in the file works.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStores } from '#adapters/storage';
import { credentialsACall, devicesACall } from '#codecs/api';
import { hashToken } from '#domain/accounts';
import { until } from './condition.js';
import { freeTcpPort } from './free-port.js';
import { GatewayProcess } from './gateway-process.js';
import { build, Program } from './program.js';

const count = 16_000;
const patienceMs = 60_000;

describe('a batch whose programs are killed', () => {
  let folder: string;
  let port: string;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    await build();
    folder = await mkdtemp(join(tmpdir(), 'airbind-killed-'));
    port = String(await freeTcpPort());
    gateway = await started();
  }, 240_000);

  afterAll(async () => {
    await gateway.kill();
    await rm(folder, { recursive: true });
  });

  const data = () => join(folder, 'data');
  const started = () =>
    GatewayProcess.start(data(), { HTTP_PORT: port, PUBLIC_URL: 'https://gas.example', MQTT_TLS_PORT: '0' });

  const airbind = (...words: string[]) =>
    Program.start(['dist/apps/cli/main.js', ...words], {
      AIRBIND_URL: `http://127.0.0.1:${port}`,
      AIRBIND_DATA: data(),
    });

  const far = async () => {
    const { made, exported } = await gateway.operator.call('batch', { params: { batch: 'killed' } });
    return { made, exported };
  };

  const create = [
    'batches',
    'create',
    '--product',
    'door-contact',
    '--count',
    `${count}`,
    '--name',
    'killed',
  ];
  const exporting = () => ['batches', 'export', 'killed', '--out', join(folder, 'batch.csv')];

  it('is made to its end, each device once', async () => {
    const first = airbind(...create);
    await until('some are made', async () => (await far()).made >= devicesACall, patienceMs);
    await first.signal('SIGKILL');
    const afterKill = await far();
    expect(afterKill.made).toBeLessThan(count);

    // The gateway goes and comes back while the command waits for it.
    const second = airbind(...create);
    // More than what the first one had asked for before it was killed.
    const further = afterKill.made + 2 * devicesACall;
    await until('it goes on', async () => (await far()).made >= further, patienceMs);
    await gateway.kill();
    gateway = await started();
    const { status, stderr } = await second.ended();
    expect([status, stderr.match(/^airbind: .*/m)]).toEqual([0, null]);
    expect(await far()).toEqual({ made: count, exported: 0 });
    expect(await airbind(...create).ended()).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/is done since/),
    });
  }, 180_000);

  it('is exported to its end, and every secret in the file is the device’s own', async () => {
    const first = airbind(...exporting());
    await until('some are exported', async () => (await far()).exported >= credentialsACall, patienceMs);
    await first.signal('SIGKILL');
    const afterKill = await far();
    expect(afterKill.exported).toBeLessThan(count);

    const second = airbind(...exporting());
    const further = afterKill.exported + 2 * credentialsACall;
    await until('it goes on', async () => (await far()).exported >= further, patienceMs);
    await gateway.kill();
    gateway = await started();
    const { status, stderr } = await second.ended();
    expect([status, stderr.match(/^airbind: .*/m)]).toEqual([0, null]);
    expect((await airbind('batches', 'confirm', 'killed', '--yes').ended()).status).toBe(0);

    await gateway.stop();
    const stores = await openStores({ url: `sqlite:${join(data(), 'airbind.db')}`, snapshotDir: folder });
    const batch = await stores.batches.byName('killed');
    const devices = await stores.batches.devices(batch?.id ?? 0, 0, count + 1);
    await stores.close();
    gateway = await started();
    const [, ...lines] = (await readFile(join(folder, 'batch.csv'), 'utf8')).trim().split('\n');
    const told = lines.map(line => line.split(',')).map(cells => [cells[0], hashToken(cells[7] ?? '')]);
    expect(devices).toHaveLength(count);
    expect(told).toEqual(devices.map(({ id, secretHash }) => [id, secretHash]));
  }, 180_000);
});
