// Erasing on SQLite: what every store promises.
import { rm } from 'node:fs/promises';
import { dumpsOf } from './contracts/dump.contract.js';
import { erasureStoreContract } from './contracts/erasure.contract.js';
import { temporaryFolder } from './contracts/temporary-stores.contract.js';
import { openStores } from './index.js';

erasureStoreContract('SQLite', async () => {
  const folder = await temporaryFolder();
  const url = `sqlite:${folder}/airbind.db`;
  const stores = await openStores({ url, snapshotDir: `${folder}/snapshots` });
  const dumps = await dumpsOf(url);
  return {
    stores,
    dump: dumps.dump,
    close: async () => {
      await dumps.close();
      await stores.close();
      await rm(folder, { recursive: true });
    },
  };
});
