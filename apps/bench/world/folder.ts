// A folder of a benchmark's own, which says on what kind of file system it lies.
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The numbers by which Linux tells file systems (statfs(2)). */
const kinds: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x01021994, 'tmpfs'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x794c7630, 'overlay'],
  [0x2fc12fc1, 'zfs'],
]);

/** Gone when the work is done, however that ended. */
export async function inFolder<T>(work: (folder: string, fileSystem: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'airbind-bench-'));
  try {
    const { type } = await statfs(folder);
    return await work(folder, kinds.get(type) ?? `0x${type.toString(16)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
