// The file of a simulated home: whole at every moment, and never behind what a device was promised.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { blankMemory } from '../device/index.js';
import { type DeviceRecord, HomeFile, readHome } from './home-file.js';

let folder: string;
let path: string;
let record: DeviceRecord;
let file: HomeFile;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'home-'));
  path = join(folder, 'home.json');
  record = { identity: { id: 'g-1', secret: 's', kind: 'gas', name: 'Gas' }, memory: blankMemory() };
  file = new HomeFile(path, [record]);
});

afterEach(() => rm(folder, { recursive: true }));

const bootOnDisk = async () => (await readHome(path))[0]?.memory.boot;

describe('the file of a home', () => {
  it('has on the disk what was in memory when it was asked to save', async () => {
    const promises = Array.from({ length: 30 }, async (_, boot) => {
      record.memory.boot = boot;
      await file.save();
      expect(await bootOnDisk()).toBeGreaterThanOrEqual(boot);
    });
    await Promise.all(promises);
    expect(await bootOnDisk()).toBe(29);
  });

  it('can be read at every moment while it is written', async () => {
    await file.save();
    let writing = true;
    const reader = (async () => {
      while (writing) expect((await readHome(path))[0]?.identity.id).toBe('g-1');
    })();
    for (let boot = 0; boot < 20; boot += 1) {
      record.memory.boot = boot;
      await file.save();
    }
    writing = false;
    await reader;
  });

  it('leaves nothing beside it', async () => {
    await Promise.all([file.save(), file.save(), file.save()]);
    expect(await readdir(folder)).toEqual(['home.json']);
  });

  it('goes on after a write that failed', async () => {
    const elsewhere = new HomeFile(join(folder, 'missing', 'home.json'), [record]);
    await expect(elsewhere.save()).rejects.toThrow(/ENOENT/);
    await expect(elsewhere.save()).rejects.toThrow(/ENOENT/);
  });

  it('of nobody is empty, and half a file is refused', async () => {
    expect(await readHome(path)).toEqual([]);
    await file.save();
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole.slice(0, whole.length / 2));
    await expect(readHome(path)).rejects.toThrow(/is not the file of a simulated home/);
  });
});
