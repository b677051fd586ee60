// The end of an account, on PostgreSQL.
import { afterAll } from '@jest/globals';
import { temporaryDatabase } from '../../../libs/adapters/storage/contracts/temporary-stores.contract.js';
import { describeWith } from '../../../test/needs.js';
import { endOfAnAccount } from './farewell.contract.js';

const server = process.env.TEST_POSTGRES_URL ?? '';

describeWith('TEST_POSTGRES_URL', 'PostgreSQL (set TEST_POSTGRES_URL to a database for tests)')(
  'the end of an account, on PostgreSQL',
  () => {
    let database: Awaited<ReturnType<typeof temporaryDatabase>>;
    endOfAnAccount(
      async () => {
        database = await temporaryDatabase(server);
        return { DATABASE_URL: database.url };
      },
      () => database.url,
    );
    afterAll(() => database.drop());
  },
);
