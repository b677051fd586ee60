// A disk that runs full under a real gateway, and has room again.
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { sqliteBinding } from '#adapters/storage';
import { until } from './condition.js';
import { GatewayProcess } from './gateway-process.js';
import { describeWith } from './needs.js';
import { refusalOf } from './person.js';
import { PlainDevice } from './plain-device.js';
import { build } from './program.js';
import { outlast, type StoredInput } from './store-outage.contract.js';

const describeOnSmallDisk = describeWith(
  'TEST_SMALL_DISK',
  'a small file system (.ci/services start FOLDER mounts one as root and prints TEST_SMALL_DISK)',
);

describeOnSmallDisk('a full disk', () => {
  let folder: string;
  let gateway: GatewayProcess;

  beforeAll(build, 240_000);

  beforeEach(async () => {
    folder = await mkdtemp(join(process.env.TEST_SMALL_DISK ?? '', 'airbind-'));
    gateway = await GatewayProcess.start(folder);
  });

  afterEach(async () => {
    await gateway.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps a picture waiting too, and stores it when there is room', async () => {
    const { operator, mqttPort } = gateway;
    const [made] = (await operator.call('makeBatch', { body: { product: 'camera', count: 1 } })).devices;
    if (!made) throw new Error('no camera was made');
    const camera = await PlainDevice.connect(made, mqttPort);
    const ballast = join(folder, 'ballast');
    const { bavail, bsize } = await statfs(folder);
    await writeFile(ballast, Buffer.alloc(bavail * bsize));
    const before = camera.acknowledged;
    const image = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(100_000, 7)]);
    const said = camera.picture(image);
    await until('the log says so', () => /mqtt-picture-waits/.test(gateway.log));
    expect({ acknowledged: camera.acknowledged, connected: camera.connected }).toEqual({
      acknowledged: before,
      connected: true,
    });
    await rm(ballast);
    await said;
    expect(inputsOf(folder, made.id).map(({ kind }) => kind)).toContain('snapshot');
    await camera.cut();
  });

  it('keeps devices waiting, tells people, and loses nothing', async () => {
    const ballast = join(folder, 'ballast');
    await outlast({
      gateway,
      begin: async () => {
        const { bavail, bsize } = await statfs(folder);
        await writeFile(ballast, Buffer.alloc(bavail * bsize));
      },
      meanwhile: async owner => {
        const [home] = await owner.call('homes');
        const changed = owner.raw('changeHome', {
          params: { homeId: home?.id ?? '' },
          body: { mode: 'away' },
        });
        expect(await refusalOf(changed)).toMatchObject({ code: 'storage-unavailable' });
      },
      end: () => rm(ballast),
      inputs: async deviceId => inputsOf(folder, deviceId),
    });
  });
});

function inputsOf(folder: string, deviceId: string): StoredInput[] {
  const database = new (sqliteBinding())(join(folder, 'airbind.db'));
  try {
    return database
      .prepare('SELECT kind, seq, body FROM inputs WHERE device_id = ? ORDER BY id')
      .all(deviceId) as StoredInput[];
  } finally {
    database.close();
  }
}
