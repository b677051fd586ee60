// Remembers the public URL that stands on printed codes, so that another one is noticed before anybody scans in vain.
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from './private-file.js';

/**
 * Keeps the URL until the first batch is made; from then on it stays.
 * @returns the URL on the labels when it is another one than now; null when all is well.
 */
export async function compareWithPrinted(
  dataFolder: string,
  publicUrl: string,
  hasBatches: boolean,
): Promise<string | null> {
  const path = join(dataFolder, 'public-url');
  const kept = (await readPrivateFile(path))?.trim() ?? null;
  if (kept === publicUrl) return null;
  if (hasBatches && kept !== null) return kept;
  await writePrivateFile(path, `${publicUrl}\n`);
  return null;
}
