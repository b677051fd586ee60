// The version of the package that this command came with.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const packageSchema = z.object({ name: z.literal('airbind'), version: z.string() });

/** Looked for upward, since the sources and what is built of them lie at different depths. */
export function packageVersion(from = new URL('.', import.meta.url)): string {
  const found = packageSchema.safeParse(packageAt(from));
  if (found.success) return found.data.version;
  const above = new URL('..', from);
  return above.href === from.href ? 'unknown' : packageVersion(above);
}

function packageAt(folder: URL): unknown {
  try {
    return JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
  } catch {
    return undefined;
  }
}
