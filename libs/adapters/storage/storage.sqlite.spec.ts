// Every store port's contract, on SQLite.
import { everyStoreContract } from './contracts/all.contract.js';
import { openTemporarySqlite } from './contracts/temporary-stores.contract.js';

everyStoreContract('SQLite', openTemporarySqlite);
