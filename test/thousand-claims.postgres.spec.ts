// A thousand claims at once on PostgreSQL.
import { afterAll, beforeAll } from '@jest/globals';
import { temporaryDatabase } from '../libs/adapters/storage/contracts/temporary-stores.contract.js';
import { describeWith } from './needs.js';
import { thousandClaims } from './thousand-claims.contract.js';

describeWith('TEST_POSTGRES_URL', 'PostgreSQL (set TEST_POSTGRES_URL to a database for tests)')(
  'a device on PostgreSQL',
  () => {
    let database: Awaited<ReturnType<typeof temporaryDatabase>>;

    beforeAll(async () => {
      database = await temporaryDatabase(process.env.TEST_POSTGRES_URL ?? '');
    });
    afterAll(() => database.drop());

    thousandClaims(() => ({ DATABASE_URL: database.url }));
  },
);
