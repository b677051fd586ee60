// Files of the data folder that nobody but the gateway's own user may read, written whole or not at all.
import { randomUUID } from 'node:crypto';
import { chmod, link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const ownerOnly = 0o600;

/** Null when there is no such file. Takes away what others may do with it. */
export async function readPrivateFile(path: string): Promise<string | null> {
  try {
    const text = await readFile(path, 'utf8');
    await chmod(path, ownerOnly);
    return text;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Durable when the promise resolves. @throws when the file exists: it is never replaced. */
export async function createPrivateFile(path: string, text: string): Promise<void> {
  await throughFreshFile(path, text, fresh => link(fresh, path));
  await syncFolder(dirname(path));
}

/** Creates or replaces. */
export function writePrivateFile(path: string, text: string): Promise<void> {
  return throughFreshFile(path, text, fresh => rename(fresh, path));
}

/** Through a file beside it: no reader sees a part of it, or sees it with a wider mode. */
async function throughFreshFile(path: string, text: string, take: (fresh: string) => Promise<void>) {
  const fresh = `${path}.${randomUUID()}`;
  try {
    const file = await open(fresh, 'wx', ownerOnly);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await take(fresh);
  } finally {
    await rm(fresh, { force: true });
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The code of a system's or driver's error, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
