// The store in memory keeps the promises of the real ones.

import { newId } from '#domain/accounts';
import { sharingContract } from '../../adapters/storage/contracts/sharing.contract.js';
import { MemorySharingStore } from './memory-sharing.store.js';

sharingContract('memory', async () => {
  const sharing = new MemorySharingStore(() => 1);
  return {
    sharing,
    person: async () => newId(),
    device: async () => newId(),
    ledger: async deviceId => sharing.ledger.filter(row => row.deviceId === deviceId),
    close: async () => {},
  };
});
