// Every store port's contract, on PostgreSQL when there is one.
import { describeWith } from '../../../test/needs.js';
import { everyStoreContract } from './contracts/all.contract.js';
import { openTemporaryPostgres } from './contracts/temporary-stores.contract.js';

const server = process.env.TEST_POSTGRES_URL ?? '';

describeWith('TEST_POSTGRES_URL', 'PostgreSQL (set TEST_POSTGRES_URL to a database for tests)')('', () => {
  everyStoreContract('PostgreSQL', () => openTemporaryPostgres(server));
});
