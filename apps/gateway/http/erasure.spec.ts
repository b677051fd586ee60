// Erasing what a device recorded in one's time, on SQLite.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from '@jest/globals';
import { erasingOnesPast } from './erasure.contract.js';

describe("erasing one's past", () => {
  let folder: string;
  erasingOnesPast(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-erasure-'));
    return { AIRBIND_DATA: folder };
  });
  afterAll(() => rm(folder, { recursive: true }));
});
