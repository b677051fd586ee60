// Erasing on PostgreSQL: what every store promises.
import { rm } from 'node:fs/promises';
import { describeWith } from '../../../test/needs.js';
import { dumpsOf } from './contracts/dump.contract.js';
import { erasureStoreContract } from './contracts/erasure.contract.js';
import { temporaryDatabase, temporaryFolder } from './contracts/temporary-stores.contract.js';
import { openStores } from './index.js';

const server = process.env.TEST_POSTGRES_URL ?? '';

describeWith('TEST_POSTGRES_URL', 'PostgreSQL (set TEST_POSTGRES_URL to a database for tests)')('', () => {
  erasureStoreContract('PostgreSQL', async () => {
    const { url, drop } = await temporaryDatabase(server);
    const folder = await temporaryFolder();
    const stores = await openStores({ url, snapshotDir: folder });
    const dumps = await dumpsOf(url);
    return {
      stores,
      dump: dumps.dump,
      close: async () => {
        await dumps.close();
        await stores.close();
        await drop();
        await rm(folder, { recursive: true });
      },
    };
  });
});
