// Erasing what a device recorded in one's time, on PostgreSQL.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { temporaryDatabase } from '../../../libs/adapters/storage/contracts/temporary-stores.contract.js';
import { describeWith } from '../../../test/needs.js';
import { erasingOnesPast } from './erasure.contract.js';

const server = process.env.TEST_POSTGRES_URL ?? '';

describeWith('TEST_POSTGRES_URL', 'PostgreSQL (set TEST_POSTGRES_URL to a database for tests)')(
  "erasing one's past, on PostgreSQL",
  () => {
    let database: Awaited<ReturnType<typeof temporaryDatabase>>;
    let folder: string;
    erasingOnesPast(async () => {
      database = await temporaryDatabase(server);
      folder = await mkdtemp(join(tmpdir(), 'airbind-erasure-'));
      return { AIRBIND_DATA: folder, DATABASE_URL: database.url };
    });
    afterAll(async () => {
      await database.drop();
      await rm(folder, { recursive: true });
    });
  },
);
