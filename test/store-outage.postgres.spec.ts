// A PostgreSQL that freezes, or is gone, under a real gateway, and comes back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, it } from '@jest/globals';
import pg from 'pg';
import { temporaryDatabase } from '../libs/adapters/storage/contracts/temporary-stores.contract.js';
import { GatewayProcess } from './gateway-process.js';
import { describeWith } from './needs.js';
import { build } from './program.js';
import { SlowProxy } from './slow-proxy.js';
import { outlast, type StoredInput } from './store-outage.contract.js';

const describePostgres = describeWith(
  'TEST_POSTGRES_URL',
  'PostgreSQL (set TEST_POSTGRES_URL to a database for tests)',
);

describePostgres('a PostgreSQL', () => {
  let folder: string;
  let url: string;
  let drop: () => Promise<void>;
  let proxy: SlowProxy;
  let gateway: GatewayProcess;

  beforeAll(build, 240_000);

  beforeEach(async () => {
    ({ url, drop } = await temporaryDatabase(process.env.TEST_POSTGRES_URL ?? ''));
    folder = await mkdtemp(join(tmpdir(), 'airbind-outage-'));
    const { hostname, port } = new URL(url);
    proxy = await SlowProxy.before(hostname, Number(port));
    const through = new URL(url);
    through.host = `127.0.0.1:${proxy.port}`;
    gateway = await GatewayProcess.start(folder, { DATABASE_URL: through.href });
  });

  afterEach(async () => {
    await gateway.kill();
    proxy.close();
    await drop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['freezes', () => proxy.freeze()],
    ['is gone', () => proxy.cut()],
  ])('that %s keeps devices waiting, and loses nothing', async (_, begin) => {
    await outlast({
      gateway,
      begin,
      end: () => proxy.restore(),
      inputs: deviceId => inputsOf(url, deviceId),
    });
  });
});

async function inputsOf(connectionString: string, deviceId: string): Promise<StoredInput[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const query = 'SELECT kind, seq::int AS seq, body FROM inputs WHERE device_id = $1 ORDER BY id';
    return (await client.query<StoredInput>(query, [deviceId])).rows;
  } finally {
    await client.end();
  }
}
