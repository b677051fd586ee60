// PostgreSQL: transactions apart, what is acknowledged is on the disk, and a lost connection is not a lost store.
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { until } from '../../../test/condition.js';
import { describeWith } from '../../../test/needs.js';
import { SlowProxy } from '../../../test/slow-proxy.js';
import { databaseContract } from './contracts/database.contract.js';
import { batchOf, inputOf, oneDevice, stateOf } from './contracts/samples.contract.js';
import { temporaryDatabase, temporaryFolder } from './contracts/temporary-stores.contract.js';
import { writingOptions } from './data-source.js';
import { openStores } from './index.js';
import { migrations } from './migrations/index.js';
import { PostgresDatabase } from './postgres-database.js';
import { PostgresIntakeStore } from './postgres-intake.store.js';

const server = process.env.TEST_POSTGRES_URL ?? '';
const describePostgres = describeWith(
  'TEST_POSTGRES_URL',
  'PostgreSQL (set TEST_POSTGRES_URL to a database for tests)',
);

async function openDatabase(url: string): Promise<PostgresDatabase> {
  return PostgresDatabase.over(
    await new DataSource(writingOptions({ dialect: 'postgres', url })).initialize(),
  );
}

describePostgres('', () => {
  databaseContract('PostgreSQL', async () => {
    const { url, drop } = await temporaryDatabase(server);
    const database = await openDatabase(url);
    return {
      database,
      missing: async () => {
        const { upQueries } = await database.source.driver.createSchemaBuilder().log();
        return upQueries.map(({ query }) => query);
      },
      close: async () => {
        await database.close();
        await drop();
      },
    };
  });
});

describePostgres('PostgreSQL', () => {
  let url: string;
  let drop: () => Promise<void>;
  let folder: string;
  beforeEach(async () => {
    ({ url, drop } = await temporaryDatabase(server));
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await drop();
    await rm(folder, { recursive: true });
  });

  it('commits to the disk whatever the address says, and keeps what else it says', async () => {
    const asked = new URL(url);
    asked.searchParams.set('options', '-c synchronous_commit=off -c application_name=airbind-test');
    const database = await openDatabase(asked.href);
    const shown = (name: string) => database.read(manager => manager.query(`SHOW ${name}`));
    expect(await shown('synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    expect(await shown('application_name')).toEqual([{ application_name: 'airbind-test' }]);
    await database.close();
  });

  it('brings the tables up to date once when several gateways start at the same time', async () => {
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase(url)));
    const rows = await databases[0]?.read(manager => manager.query('SELECT name FROM migrations'));
    expect(rows).toHaveLength(migrations('postgres').length);
    await Promise.all(databases.map(database => database.close()));
  });

  it('rejects a commit whose connection is lost, leaves nothing of it, and takes the next one', async () => {
    const stores = await openStores({ url, snapshotDir: folder });
    const { id } = await oneDevice(stores);
    await stores.intake.commit(batchOf({ deviceStates: [stateOf(id, 1)] }));
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM device_states FOR UPDATE');

    const next = batchOf({ deviceStates: [stateOf(id, 2)] });
    const lost = expect(stores.intake.commit(next)).rejects.toThrow(
      expect.objectContaining({ code: 'storage-unavailable' }),
    );
    await untilTerminated(other);
    await lost;
    await other.query('ROLLBACK');
    await other.end();

    expect(await stores.intake.commit(next)).toMatchObject({ ok: true });
    expect(await stores.intake.isHealthy()).toBe(true);
    await stores.close();
  });

  it('gives a server up that answers nothing, with the connection to it, and goes on when it answers again', async () => {
    const { hostname, port } = new URL(url);
    const proxy = await SlowProxy.before(hostname, Number(port));
    const through = new URL(url);
    through.host = `127.0.0.1:${proxy.port}`;
    const source = new DataSource(writingOptions({ dialect: 'postgres', url: through.href }));
    const database = await PostgresDatabase.over(await source.initialize(), 500);
    const intake = new PostgresIntakeStore(database);
    expect(await intake.commit(batchOf({ inputs: [inputOf('a', 1)] }))).toMatchObject({ ok: true });
    proxy.freeze();
    const lost = expect.objectContaining({ code: 'storage-unavailable' });
    await expect(intake.commit(batchOf({ inputs: [inputOf('a', 2)] }))).rejects.toThrow(lost);
    await expect(intake.load(['a'])).rejects.toThrow(lost);
    proxy.restore();
    await until('it takes again', () => intake.isHealthy());
    expect(await intake.commit(batchOf({ inputs: [inputOf('a', 2)] }))).toMatchObject({ ok: true });
    await database.close();
    proxy.close();
  });
});

/** Ends the connection that waits for a lock of this one. */
async function untilTerminated(client: pg.Client): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    if (rowCount) return;
  }
}
