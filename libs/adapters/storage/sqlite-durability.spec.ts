// SQLite: what was acknowledged is there after a crash, and a full disk leaves nothing half written.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { databaseContract } from './contracts/database.contract.js';
import { batchOf, gasSensor, inputOf, oneDevice, someone, stateOf } from './contracts/samples.contract.js';
import { temporaryFolder } from './contracts/temporary-stores.contract.js';
import { writingOptions } from './data-source.js';
import { ProductEntity } from './entities/index.js';
import { openStores } from './index.js';
import { SqliteDatabase } from './sqlite-database.js';
import { SqliteIntakeStore } from './sqlite-intake.store.js';

async function openDatabase(folder: string): Promise<SqliteDatabase> {
  const path = `${folder}/airbind.db`;
  return SqliteDatabase.over(
    await new DataSource(writingOptions({ dialect: 'sqlite', path })).initialize(),
    path,
  );
}

databaseContract('SQLite', async () => {
  const folder = await temporaryFolder();
  const database = await openDatabase(folder);
  return {
    database,
    missing: async () => {
      const { upQueries } = await database.writing.driver.createSchemaBuilder().log();
      return upQueries.map(({ query }) => query);
    },
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('SQLite', () => {
  let folder: string;
  let options: { url: string; snapshotDir: string };
  beforeEach(async () => {
    folder = await temporaryFolder();
    options = { url: `sqlite:${folder}/airbind.db`, snapshotDir: `${folder}/snapshots` };
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes a log that is on the disk at every commit, and reads with a handle that cannot write', async () => {
    const database = await openDatabase(folder);
    const ask = (handle: BetterSqlite3.Database, name: string) => handle.pragma(name, { simple: true });
    expect(ask(database.writeHandle, 'journal_mode')).toBe('wal');
    expect(ask(database.writeHandle, 'synchronous')).toBe(2);
    expect(ask(database.writeHandle, 'foreign_keys')).toBe(1);
    expect(ask(database.writeHandle, 'busy_timeout')).toBe(5000);
    expect(ask(database.readHandle, 'journal_mode')).toBe('wal');
    expect(database.readHandle.readonly).toBe(true);
    await database.close();
  });

  it('finds everything again when it is opened a second time', async () => {
    const stores = await openStores(options);
    const { account, stored, home } = await someone(stores);
    const device = await oneDevice(stores);
    await stores.intake.commit(
      batchOf({ deviceStates: [stateOf(device.id, 1)], inputs: [inputOf(device.id, 1)] }),
    );
    await stores.snapshots.put(device.id, 0, new Uint8Array([1, 2]));
    const files = await stores.intake.load([device.id]);
    await stores.close();

    const again = await openStores(options);
    expect(await again.accounts.byId(account.id)).toEqual(stored);
    expect(await again.homes.byId(home.id)).toEqual(home);
    expect(await again.intake.load([device.id])).toEqual(files);
    expect(await again.snapshots.read(device.id, 0)).toEqual(new Uint8Array([1, 2]));
    await again.close();
  });

  it('has every acknowledged commit, whole and once, after its process was killed', async () => {
    const stores = await openStores(options);
    const { account } = await someone(stores);
    const device = await oneDevice(stores);
    await stores.close();

    const acknowledged = await killedAfter(120, [options.url, options.snapshotDir, device.id, account.id]);

    const again = await openStores(options);
    const [file] = await again.intake.load([device.id]);
    const stored = file?.state.version ?? 0;
    const upTo = Array.from({ length: stored }, (_, place) => place + 1);
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(file?.recentStamps).toMatchObject([{ first: 1, last: stored }]);
    const notices = await again.notices.after(account.id, 0, 100_000);
    expect(notices.map(notice => notice.id)).toEqual(upTo.map(number => `notice-${number}`));
    expect(notices.map(notice => notice.counter)).toEqual(upTo);
    const alarms = await again.alarms.latest(100_000);
    expect(alarms.map(alarm => alarm.id).sort()).toEqual(upTo.map(number => `alarm-${number}`).sort());
    await again.close();
  });

  it('rejects a commit that does not fit, leaves nothing of it, and goes on when there is room again', async () => {
    const stores = await openStores(options);
    const device = await oneDevice(stores);
    await stores.close();
    const database = await openDatabase(folder);
    const intake = new SqliteIntakeStore(database);
    const big = (version: number) =>
      batchOf({
        deviceStates: [stateOf(device.id, version)],
        inputs: [1, 2, 3].map(seq =>
          inputOf(device.id, version * 10 + seq, { body: { text: 'x'.repeat(30_000) } }),
        ),
      });
    await intake.commit(big(1));
    fill(database);

    await expect(intake.commit(big(2))).rejects.toThrow(full);
    const [file] = await intake.load([device.id]);
    expect(file?.state.version).toBe(1);
    expect(await intake.past(device.id, 9)).toHaveLength(3);
    const product = gasSensor('x'.repeat(60_000));
    const tooBig = database.write(manager =>
      manager.insert<{ id: string; definition: unknown }>(ProductEntity, {
        id: product.id,
        definition: product,
      }),
    );
    await expect(tooBig).rejects.toThrow(full);

    expect(await intake.isHealthy()).toBe(false);
    makeRoom(database);
    expect(await intake.isHealthy()).toBe(true);
    expect(await intake.commit(big(2))).toMatchObject({ ok: true });
    await database.write(manager => manager.query('UPDATE products SET definition = definition'));
    expect((await intake.load([device.id]))[0]?.state.version).toBe(2);
    await database.close();
  });

  it('says that it is not healthy from a write that failed until one succeeds', async () => {
    const database = await openDatabase(folder);
    const intake = new SqliteIntakeStore(database);
    expect(await intake.isHealthy()).toBe(true);
    database.writeHandle.pragma('query_only = 1');
    const failed = expect.objectContaining({ code: 'storage-unavailable' });
    await expect(intake.commit(batchOf({ inputs: [inputOf('a', 1)] }))).rejects.toThrow(failed);
    expect(await intake.isHealthy()).toBe(false);
    database.writeHandle.pragma('query_only = 0');
    expect(await intake.isHealthy()).toBe(true);
    await database.close();
    expect(await intake.isHealthy()).toBe(false);
  });

  it('clears away the pictures that a process before it did not finish', async () => {
    const stores = await openStores(options);
    await stores.close();
    const left = `${options.snapshotDir}/.unfinished/left`;
    await writeFile(left, 'half');
    await (await openStores(options)).close();
    await expect(access(left)).rejects.toThrow('ENOENT');
  });
});

const full = expect.objectContaining({
  code: 'storage-unavailable',
  cause: expect.objectContaining({ message: expect.stringContaining('full') }),
}) as unknown as Error;

function fill({ writeHandle }: SqliteDatabase): void {
  const pages = Number(writeHandle.pragma('page_count', { simple: true }));
  writeHandle.pragma(`max_page_count = ${pages + 4}`);
}

function makeRoom({ writeHandle }: SqliteDatabase): void {
  writeHandle.pragma('max_page_count = 1000000');
}

/** @returns the highest number that the process had said when it was killed */
async function killedAfter(least: number, parameters: string[]): Promise<number> {
  const contract = (name: string) => fileURLToPath(new URL(`./contracts/${name}`, import.meta.url));
  const child = spawn(
    process.execPath,
    [
      '--conditions=source',
      '--import',
      contract('typescript.mjs'),
      contract('committing-process.contract.ts'),
      ...parameters,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  let last = 0;
  for await (const line of createInterface(child.stdout)) {
    last = Number(line);
    if (last === least) child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  expect(signal).toBe('SIGKILL');
  return last;
}
