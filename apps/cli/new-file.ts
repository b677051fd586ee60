// Files for secrets: new, for their owner alone, and there before the secret is asked for.
import { type FileHandle, open, rm } from 'node:fs/promises';
import { Failure } from './failure.js';

/**
 * Makes the file first: a secret that leaves the gateway once and cannot be written would be lost.
 * @throws Failure `file-unwritable`, also when there is such a file.
 */
export async function intoNewFile<T>(
  file: string,
  make: () => Promise<T>,
  textOf: (made: T) => string,
): Promise<T> {
  const handle = await openNew(file);
  try {
    const made = await make().catch(async error => {
      await rm(file, { force: true });
      throw error;
    });
    await handle.writeFile(textOf(made));
    await handle.sync();
    return made;
  } finally {
    await handle.close();
  }
}

async function openNew(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx', 0o600);
  } catch (error) {
    throw new Failure('file-unwritable', { sentence: `${file} cannot be made: ${String(error)}` });
  }
}
