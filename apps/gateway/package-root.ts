// The folder of the package: sources and what is built of them lie at different depths below it.
import { existsSync } from 'node:fs';

function findUpward(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder;
  const above = new URL('..', folder);
  if (above.href === folder.href) throw new Error('there is no package.json above the gateway');
  return findUpward(above);
}

export const packageRoot: URL = findUpward(new URL('.', import.meta.url));
