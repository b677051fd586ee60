// What the start finds or makes in the data folder.
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { issueTicket, readTicket } from '#codecs/ticket';
import { CliToken } from './cli-token.js';
import { openDataFolder } from './data-folder.js';
import { openKeyRing } from './key-ring.js';
import { reachableOrigin } from './local-address.js';
import { compareWithPrinted } from './printed-url.js';

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('the data folder', () => {
  let folder: string;
  const now = new Date('2026-11-21T00:00:00Z');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is made with all folders above it, for its owner alone', async () => {
    const made = await openDataFolder(join(folder, 'a', 'b'));
    expect(await modeOf(made)).toBe(0o700);
  });

  it('names its variable when a file stands in its place', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openDataFolder(join(folder, 'file'))).rejects.toMatchObject({
      code: 'settings-invalid',
      details: { faults: [{ field: 'AIRBIND_DATA' }] },
    });
  });

  it('keeps one key ring over all starts, in a file for its owner alone', async () => {
    const first = await openKeyRing(folder, now);
    const ticket = issueTicket(first.ring, { batch: 1, number: 2, generation: 0 });
    const second = await openKeyRing(folder, now);
    expect([first.isNew, second.isNew]).toEqual([true, false]);
    expect(readTicket(second.ring, ticket)).toMatchObject({ ok: true, batch: 1, number: 2 });
    expect(await modeOf(first.path)).toBe(0o600);
    expect(await readdir(folder)).toEqual(['keys.json']);
  });

  it('closes a key ring that others could read', async () => {
    const { path } = await openKeyRing(folder, now);
    await chmod(path, 0o644);
    await openKeyRing(folder, now);
    expect(await modeOf(path)).toBe(0o600);
  });

  it('never replaces a key ring that it cannot read, and does not quote it', async () => {
    const { path } = await openKeyRing(folder, now);
    const torn = (await readFile(path, 'utf8')).slice(0, -10);
    await writeFile(path, torn);
    const opening = openKeyRing(folder, now);
    await expect(opening).rejects.toMatchObject({ code: 'file-unreadable' });
    const key = /"key": "([^"]+)"/.exec(torn)?.[1] ?? 'no key';
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining(key) });
    expect(await readFile(path, 'utf8')).toBe(torn);
  });

  it('remembers the public URL of the first batch, and says when it is another one', async () => {
    const [first, second] = ['http://192.0.2.1:8080', 'https://gas.example'];
    expect(await compareWithPrinted(folder, first, false)).toBeNull();
    expect(await compareWithPrinted(folder, second, false)).toBeNull();
    expect(await compareWithPrinted(folder, second, true)).toBeNull();
    expect(await compareWithPrinted(folder, first, true)).toBe(second);
    expect(await compareWithPrinted(folder, first, true)).toBe(second);
    expect(await compareWithPrinted(folder, second, true)).toBeNull();
  });

  it('holds a fresh token for the command line while the gateway runs', async () => {
    const [first, second] = [new CliToken(folder), new CliToken(folder)];
    await first.leave();
    await second.leave();
    const path = join(folder, 'cli-token');
    expect(await modeOf(path)).toBe(0o600);
    expect(first.token).not.toBe(second.token);
    await first.takeAway();
    expect((await readFile(path, 'utf8')).trim()).toBe(second.token);
    await second.takeAway();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the origin that is shown', () => {
  it('is the host that was chosen', () => {
    expect(reachableOrigin('127.0.0.1', 8080)).toBe('http://127.0.0.1:8080');
    expect(reachableOrigin('::1', 8080)).toBe('http://[::1]:8080');
  });

  it('is an address that can be typed when the gateway listens everywhere', () => {
    expect(reachableOrigin('0.0.0.0', 80)).not.toContain('0.0.0.0');
  });
});
