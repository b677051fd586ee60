// Which token goes to which gateway: never one that was left for another machine's gateway.
import { join } from 'node:path';
import { LoginStore, readIfThere } from './logins.js';
import type { Settings } from './settings.js';

/** The file that a gateway leaves in its data folder for the person who runs it. */
const tokenFile = 'cli-token';

/**
 * In this order: the environment's token; the data folder that was named; the login at this gateway; the default data
 * folder, for a gateway on this machine alone. Undefined: nobody is signed in.
 */
export async function tokenFor(settings: Settings): Promise<string | undefined> {
  const { token, gatewayUrl, dataFolderNamed, loginsFile } = settings;
  if (token !== undefined) return token;
  if (dataFolderNamed) return leftToken(settings);
  const login = await new LoginStore(loginsFile).find(gatewayUrl);
  if (login) return login.token;
  return isThisMachine(gatewayUrl) ? leftToken(settings) : undefined;
}

async function leftToken({ dataFolder }: Settings): Promise<string | undefined> {
  return (await readIfThere(join(dataFolder, tokenFile)))?.trim() || undefined;
}

function isThisMachine(gatewayUrl: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(gatewayUrl).hostname);
}
