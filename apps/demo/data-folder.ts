// The folder of the demo: made anew at each run, and never anybody else's.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DomainError } from '#domain/errors';

const marker = '.airbind-demo';

/** @throws DomainError `file-unreadable` for a folder that holds what no demo put there. */
export async function freshFolder(path: string): Promise<string> {
  const folder = resolve(path);
  await mkdir(folder, { recursive: true });
  const inside = await readdir(folder);
  if (inside.length > 0 && !inside.includes(marker)) {
    throw new DomainError('file-unreadable', {
      detail: `${folder} holds files that are not the demo's, and the demo begins with an empty folder: name another with --data.`,
    });
  }
  await Promise.all(inside.map(name => rm(join(folder, name), { recursive: true })));
  await writeFile(join(folder, marker), 'Made by npm run demo, which empties this folder at its next run.\n');
  return folder;
}
