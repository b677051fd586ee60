// Empty databases for the suites, gone when they are closed.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStores, type Stores } from '../index.js';

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'airbind-storage-'));

export async function openTemporarySqlite(): Promise<Stores> {
  const folder = await temporaryFolder();
  const stores = await openStores({ url: `sqlite:${folder}/airbind.db`, snapshotDir: `${folder}/snapshots` });
  return closing(stores, () => rm(folder, { recursive: true }));
}

/** @param server the URL of a database whose user may create others */
export async function openTemporaryPostgres(server: string): Promise<Stores> {
  const { url, drop } = await temporaryDatabase(server);
  const folder = await temporaryFolder();
  const stores = await openStores({ url, snapshotDir: folder });
  return closing(stores, async () => {
    await drop();
    await rm(folder, { recursive: true });
  });
}

export async function temporaryDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `airbind_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function closing(stores: Stores, clearAway: () => Promise<void>): Stores {
  return {
    ...stores,
    close: async () => {
      await stores.close();
      await clearAway();
    },
  };
}
