// The newest picture of each camera as a file: <folder>/<device id>/<epoch>.jpg.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deviceIdPattern } from '#codecs/wire';
import { SnapshotStore } from '#domain/devices';
import { codeOf, failingClearly } from './storage-failure.js';

/** No device id begins with a dot. */
const unfinished = '.unfinished';
const picture = /^(\d+)\.jpg$/;

export class FileSnapshotStore extends SnapshotStore {
  private constructor(private readonly folder: string) {
    super();
  }

  /** Makes the folder, and clears away what an earlier process did not finish. */
  static async open(folder: string): Promise<FileSnapshotStore> {
    await rm(join(folder, unfinished), { recursive: true, force: true });
    await mkdir(join(folder, unfinished), { recursive: true });
    return new FileSnapshotStore(folder);
  }

  put(deviceId: string, epoch: number, image: Uint8Array): Promise<void> {
    return failingClearly(() => this.#put(deviceId, epoch, image));
  }

  async #put(deviceId: string, epoch: number, image: Uint8Array): Promise<void> {
    const folder = this.#folderOf(deviceId);
    const draft = join(this.folder, unfinished, randomUUID());
    if ((await mkdir(folder, { recursive: true })) !== undefined) await sync(this.folder);
    try {
      await writeDurably(draft, image);
      await rename(draft, join(folder, nameOf(epoch)));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    await sync(folder);
  }

  async read(deviceId: string, epoch: number): Promise<Uint8Array | null> {
    const file = await orNullIfMissing(readFile(join(this.#folderOf(deviceId), nameOf(epoch))));
    return file && new Uint8Array(file);
  }

  async drop(deviceId: string, epoch: number): Promise<void> {
    const folder = this.#folderOf(deviceId);
    if ((await orNullIfMissing(rm(join(folder, nameOf(epoch))))) === null) return;
    await sync(folder);
  }

  async dropBefore(deviceId: string, epoch: number): Promise<void> {
    const folder = this.#folderOf(deviceId);
    const names = (await orNullIfMissing(readdir(folder))) ?? [];
    const old = names.filter(name => Number(picture.exec(name)?.[1] ?? Number.POSITIVE_INFINITY) < epoch);
    if (old.length === 0) return;
    for (const name of old) await rm(join(folder, name), { force: true });
    await sync(folder);
  }

  /** An id is a path's part here, so it is held against its pattern once more. */
  #folderOf(deviceId: string): string {
    if (!deviceIdPattern.test(deviceId)) throw new Error('That is no device id.');
    return join(this.folder, deviceId);
  }
}

function nameOf(epoch: number): string {
  if (!Number.isSafeInteger(epoch) || epoch < 0) throw new Error('That is no epoch.');
  return `${epoch}.jpg`;
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is durable when its folder is. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function orNullIfMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
