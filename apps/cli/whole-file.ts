// Files that are there whole or not at all: written beside their place, synced, and then given their name.
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from './failure.js';

export const forAll = 0o666;
/** For what holds a secret. */
export const forOwner = 0o600;

/** Replaces what has the name. @throws Failure `file-unwritable`, or what `write` throws; nothing is left behind. */
export async function intoWholeFile<T>(
  file: string,
  mode: typeof forAll | typeof forOwner,
  write: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  const fresh = `${file}.part`;
  await rm(fresh, { force: true });
  const handle = await open(fresh, 'wx', mode).catch(error => unwritable(file, error));
  try {
    const result = await write(handle);
    await handle.sync();
    await handle.close();
    await rename(fresh, file).catch(error => unwritable(file, error));
    return result;
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(fresh, { force: true });
    throw error;
  }
}

/** Makes the names in it last, where the system lets a folder be synced. */
export async function syncFolderOf(file: string): Promise<void> {
  const folder = await open(dirname(file));
  try {
    await folder.sync();
  } catch {
    // Windows has no such thing.
  } finally {
    await folder.close();
  }
}

export function unwritable(file: string, error: unknown): never {
  throw new Failure('file-unwritable', { sentence: `${file} cannot be written: ${String(error)}` });
}
