// Where the gateway is and where tokens lie: the environment, read once by one schema.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from './failure.js';

export const defaultGatewayUrl = 'http://127.0.0.1:8080';
const defaultDataFolder = './data';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A gateway's origin: it has no path prefix. */
export const gatewayUrl = z
  .url({ protocol: /^https?$/, error: 'takes http://HOST:PORT or https://HOST', abort: true })
  .refine(text => new URL(text).pathname === '/', 'takes an address without a path')
  .transform(text => new URL(text).origin);

/** An empty variable is an unset one. */
const unlessEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess(text => (text === '' ? undefined : text), schema.optional());

const environmentSchema = z.object({
  AIRBIND_URL: unlessEmpty(gatewayUrl),
  AIRBIND_DATA: unlessEmpty(z.string()),
  AIRBIND_TOKEN: unlessEmpty(z.string().min(20, 'takes a whole token')),
  XDG_CONFIG_HOME: unlessEmpty(z.string()),
  APPDATA: unlessEmpty(z.string()),
});

/** The same as options of a command; they come before the environment. */
export interface GatewayOptions {
  readonly gateway?: string;
  readonly data?: string;
  readonly json?: boolean;
}

export interface Settings {
  /** Origin, such as `http://127.0.0.1:8080`. */
  readonly gatewayUrl: string;
  /** The gateway's data folder, in which it leaves `cli-token`. */
  readonly dataFolder: string;
  /** Whether somebody named that folder, and so means its token. */
  readonly dataFolderNamed: boolean;
  /** A token in the environment comes before every file. */
  readonly token: string | undefined;
  /** The file of `airbind login`, in the person's own configuration folder. */
  readonly loginsFile: string;
}

/** @throws Failure `settings-invalid`, which names every variable at fault. */
export function readSettings(options: GatewayOptions, environment: Environment = process.env): Settings {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
    throw new Failure('settings-invalid', { faults });
  }
  const { AIRBIND_URL, AIRBIND_DATA, AIRBIND_TOKEN, XDG_CONFIG_HOME, APPDATA } = parsed.data;
  const folder = options.data ?? AIRBIND_DATA;
  return {
    gatewayUrl: options.gateway ?? AIRBIND_URL ?? defaultGatewayUrl,
    dataFolder: folder ?? defaultDataFolder,
    dataFolderNamed: folder !== undefined,
    token: AIRBIND_TOKEN,
    loginsFile: join(XDG_CONFIG_HOME ?? APPDATA ?? join(homedir(), '.config'), 'airbind', 'logins.json'),
  };
}
