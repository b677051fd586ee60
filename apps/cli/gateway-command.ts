// What every command that asks the gateway has in common: its options, its connection and its two ways to answer.
import { Command, Help, InvalidArgumentError, Option } from 'commander';
import { tokenFor } from './credentials.js';
import { GatewayClient } from './gateway-client.js';
import {
  defaultGatewayUrl,
  type Environment,
  type GatewayOptions,
  gatewayUrl,
  readSettings,
  type Settings,
} from './settings.js';
import type { Terminal } from './terminal.js';

/** Where a command runs; `environment` is the process's own unless a test brings another. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly environment?: Environment;
}

export interface Connection {
  readonly gateway: GatewayClient;
  readonly settings: Settings;
  /** One JSON document with `--json`, the text otherwise. */
  show<T>(value: T, text: (value: T) => string): void;
}

/** A command with `--gateway`, `--data` and `--json`. */
export function gatewayCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(
      new Option(
        '--gateway <url>',
        `where the gateway is (else AIRBIND_URL, else ${defaultGatewayUrl})`,
      ).argParser(parseGatewayUrl),
    )
    .option(
      '--data <folder>',
      "the gateway's data folder, to use the token in it (else AIRBIND_DATA, else ./data)",
    )
    .option('--json', 'print one JSON document and nothing else')
    .configureHelp({ visibleOptions: ownOptionsFirst });
}

const sharedOptions: ReadonlySet<string> = new Set(['gateway', 'data', 'json', 'help']);

function ownOptionsFirst(command: Command): Option[] {
  const options = new Help().visibleOptions(command);
  const isShared = (option: Option) => sharedOptions.has(option.attributeName());
  return [...options.filter(option => !isShared(option)), ...options.filter(isShared)];
}

/** A noun with commands beneath it. */
export function group(name: string, description: string, commands: readonly Command[]): Command {
  return commands.reduce(
    (noun, command) => noun.addCommand(command),
    new Command(name).description(description),
  );
}

/** Text for the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map(line => `  $ airbind ${line}\n`).join('')}`;
}

/** Reads the settings and the token that belongs to the gateway; asks the gateway nothing yet. */
export async function connect(
  { terminal, environment }: Surroundings,
  options: GatewayOptions,
): Promise<Connection> {
  const settings = readSettings(options, environment);
  return {
    settings,
    gateway: new GatewayClient(settings.gatewayUrl, await tokenFor(settings)),
    show: (value, text) => terminal.write(options.json ? `${JSON.stringify(value, null, 2)}\n` : text(value)),
  };
}

function parseGatewayUrl(text: string): string {
  const url = gatewayUrl.safeParse(text);
  if (url.success) return url.data;
  throw new InvalidArgumentError(`It ${url.error.issues[0]?.message}.`);
}
