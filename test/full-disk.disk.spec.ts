// A disk that runs full under a real gateway, and has room again.
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { sqliteBinding } from '#adapters/storage';
import { GatewayProcess } from './gateway-process.js';
import { describeWith } from './needs.js';
import { refusalOf } from './person.js';
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
