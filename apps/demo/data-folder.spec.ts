// The demo's folder: emptied when it is the demo's own, and left alone when it is not.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshFolder } from './data-folder.js';

describe('the folder of the demo', () => {
  let parent: string;

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'airbind-folder-'));
  });
  afterAll(() => rm(parent, { recursive: true }));

  it('is made where there is none, and is empty again at the next run', async () => {
    const folder = await freshFolder(join(parent, 'a', 'demo'));
    await writeFile(join(folder, 'airbind.db'), 'old');
    expect(await freshFolder(folder)).toBe(folder);
    expect(await readdir(folder)).toEqual(['.airbind-demo']);
  });

  it('is refused when somebody else keeps files there, and they stay', async () => {
    await writeFile(join(parent, 'thesis.txt'), 'years of work');
    await expect(freshFolder(parent)).rejects.toThrow(/name another with --data/);
    expect(await readdir(parent)).toContain('thesis.txt');
  });
});
