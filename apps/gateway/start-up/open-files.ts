// How many files and sockets the process may have open: what ends a fleet's growth first, so it stands in the log.
import { readFile } from 'node:fs/promises';

/** Null where the system does not say. */
export async function openFilesLimit(): Promise<number | null> {
  const text = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const soft = /^Max open files\s+(\d+)/m.exec(text)?.[1];
  return soft === undefined ? null : Number(soft);
}
