// A person's copy of their data, from PostgreSQL.
import { afterAll } from '@jest/globals';
import { temporaryDatabase } from '../../../libs/adapters/storage/contracts/temporary-stores.contract.js';
import { describeWith } from '../../../test/needs.js';
import { copyOfOnesData } from './personal.contract.js';

const server = process.env.TEST_POSTGRES_URL ?? '';

describeWith('TEST_POSTGRES_URL', 'PostgreSQL (set TEST_POSTGRES_URL to a database for tests)')(
  "a person's copy of their data, from PostgreSQL",
  () => {
    let database: Awaited<ReturnType<typeof temporaryDatabase>>;
    copyOfOnesData(async () => {
      database = await temporaryDatabase(server);
      return { DATABASE_URL: database.url };
    });
    afterAll(() => database.drop());
  },
);
