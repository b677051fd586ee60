// Erasing on SQLite: what every store promises, not a byte in the files, through a kill -9, and in nobody's way.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { byGateway } from '#domain/accounts';
import { erasureAsked } from '#domain/binding';
import { noneErased } from '#domain/erasure';
import { dumpsOf } from './contracts/dump.contract.js';
import { erasureStoreContract } from './contracts/erasure.contract.js';
import { allHappenings, happenings, knows, type Period, twoDevices } from './contracts/periods.contract.js';
import { batchOf, inputOf, noon } from './contracts/samples.contract.js';
import { temporaryFolder } from './contracts/temporary-stores.contract.js';
import { openStores, type Stores } from './index.js';

erasureStoreContract('SQLite', async () => {
  const folder = await temporaryFolder();
  const url = `sqlite:${folder}/airbind.db`;
  const stores = await openStores({ url, snapshotDir: `${folder}/snapshots` });
  const dumps = await dumpsOf(url);
  return {
    stores,
    dump: dumps.dump,
    close: async () => {
      await dumps.close();
      await stores.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('erasing on SQLite', () => {
  let folder: string;
  let options: { url: string; snapshotDir: string };
  let stores: Stores;
  let first: Period;
  let second: Period;
  beforeEach(async () => {
    folder = await temporaryFolder();
    options = { url: `sqlite:${folder}/airbind.db`, snapshotDir: `${folder}/snapshots` };
    stores = await openStores(options);
    ({ first, second } = await twoDevices(stores));
  });
  afterEach(async () => {
    await stores.close();
    await rm(folder, { recursive: true });
  });

  async function lived(period: Period, times: number): Promise<void> {
    await knows(stores, period);
    for (let n = 0; n < times; n += 1)
      for (const what of allHappenings) await happenings[what](stores, period, n);
  }

  const ask = (period: Period) =>
    stores.erasures.ask(erasureAsked(period, { id: period.accountId, from: byGateway }, 2 * noon));

  const erase = (period: Period) => stores.erasures.erase(period, new AbortController().signal);

  /** In every file of the folder, the database's log among them. */
  async function places(mark: string): Promise<string[]> {
    const names = (await readdir(folder, { withFileTypes: true })).filter(each => each.isFile());
    const found = await Promise.all(
      names.map(async ({ name }) => ((await readFile(`${folder}/${name}`)).includes(mark) ? [name] : [])),
    );
    return found.flat();
  }

  it('leaves not a byte in the database file or its log, though rows had grown and moved before', async () => {
    await lived(first, 40);
    await lived(second, 40);
    expect(await places(first.mark)).toContain('airbind.db-wal');
    await ask(first);
    expect(await erase(first)).toBe(true);
    // Figures that are in force still are the mark's one right place, as a key.
    for (const bytes of [`${first.mark}.`, `${first.mark} again`, `${first.mark}-`, `:"${first.mark}"`])
      expect([bytes, await places(bytes)]).toEqual([bytes, []]);
    expect((await places(`${second.mark}.`)).length).toBeGreaterThan(0);
  });

  it('goes on where a process that was killed has stopped, and counts each row once', async () => {
    await lived(first, 30);
    await ask(first);
    await stores.close();
    for (const slices of [1, 4, 3]) await killedAfter(slices);
    stores = await openStores(options);
    expect(await stores.erasures.unfinished()).toHaveLength(1);
    const before = (await stores.erasures.byPeriod(first.deviceId, 1))?.erased;
    expect(before).not.toEqual(noneErased);
    expect(await erase(first)).toBe(true);
    expect((await stores.erasures.byPeriod(first.deviceId, 1))?.erased).toMatchObject({
      ...{ events: 30, inputs: 60, alarms: 30, notices: 30, receipts: 30 },
      ...{ states: 2, figures: 30, deadLetters: 30 },
    });
    expect(await places(`${first.mark}.`)).toEqual([]);
  });

  async function killedAfter(slices: number): Promise<void> {
    const contract = (name: string) => fileURLToPath(new URL(`./contracts/${name}`, import.meta.url));
    const program = [contract('typescript.mjs'), contract('erasing-process.contract.ts')] as const;
    const child = spawn(
      process.execPath,
      [
        ...['--conditions=source', '--import', ...program],
        ...[options.url, options.snapshotDir, first.deviceId, first.accountId],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const exited = once(child, 'exit');
    for await (const line of createInterface(child.stdout))
      if (Number(line) === slices) child.kill('SIGKILL');
    expect((await exited)[1]).toBe('SIGKILL');
  }

  it('lets commits through between its slices', async () => {
    await lived(first, 40);
    await ask(first);
    let isOver = false;
    const erased = erase(first).finally(() => {
      isOver = true;
    });
    let commits = 0;
    for (; !isOver; commits += 1) {
      await stores.intake.commit(batchOf({ inputs: [inputOf('other', commits)] }));
      await new Promise(setImmediate);
    }
    expect(await erased).toBe(true);
    expect(commits).toBeGreaterThan(20);
  });
});
