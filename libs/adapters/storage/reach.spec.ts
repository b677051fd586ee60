// Webhooks that were made before there were other endpoints are endpoints afterwards.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { temporaryFolder } from './contracts/temporary-stores.contract.js';
import { writingOptions } from './data-source.js';
import { locateDatabase } from './database-url.js';
import { openStores } from './index.js';
import { migrations } from './migrations/index.js';

describe('a database with webhooks alone', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps them, confirmed and in their person’s language, each with a key of its own for links', async () => {
    const url = `sqlite:${join(folder, 'airbind.db')}`;
    const earlier = migrations('sqlite').filter(each => !each.name.startsWith('Reach'));
    const source = new DataSource({ ...writingOptions(locateDatabase(url)), migrations: earlier });
    await source.initialize();
    await source.runMigrations();
    await source.query(
      "INSERT INTO accounts VALUES ('lin', 'lin@example.org', 'Lin', 'zh', 'resident', NULL, 1)",
    );
    for (const id of ['one', 'two'])
      await source.query(
        `INSERT INTO endpoints VALUES ('${id}', 'lin', 'webhook', 'https://a.example', 's', 7)`,
      );
    await source.destroy();

    const stores = await openStores({ url, snapshotDir: folder });
    const endpoints = await stores.endpoints.ofAccount('lin');
    await stores.close();
    expect(endpoints).toMatchObject(
      ['one', 'two'].map(id => ({
        id,
        contactId: null,
        address: 'https://a.example',
        secret: 's',
        locale: 'zh',
        createdAt: 7,
        confirmedAt: 7,
        provenAt: null,
      })),
    );
    const keys = new Set(endpoints.map(({ linkKey }) => linkKey));
    expect([...keys]).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)]);
  });
});
