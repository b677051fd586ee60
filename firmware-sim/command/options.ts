// The words of `npm run sim`: what it takes, and the help that explains it.
import { Command, InvalidArgumentError } from 'commander';
import { DISCOVERY_PORT } from '#codecs/airkiss';
import { keysHelp } from './keys.js';

/** How many of each kind. */
export interface Counts {
  readonly gas: number;
  readonly co: number;
  readonly door: number;
  readonly camera: number;
}

export interface SimOptions extends Counts {
  readonly identities?: string;
  readonly gateway: string;
  readonly tokenFile: string;
  readonly broker: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly ssid: string;
  readonly wifiPassword: string;
  readonly airkissPort: readonly number[];
  readonly ackPort: number;
  readonly discoveryPort: number;
  readonly provisioned: boolean;
  readonly seed: number;
  readonly state: string;
  readonly fast: boolean;
}

const usualPorts = [10_000, 10_001];

/** @param run called with the checked options. */
export function simCommand(run: (options: SimOptions) => Promise<void>): Command {
  return new Command('sim')
    .description(
      'A home of pretend devices: they find their Wi-Fi by AirKiss, connect to a gateway over MQTT and report.\n' +
        'The first time, the devices are made at the gateway; after that they live in the state file.',
    )
    .option('--gas <count>', 'gas sensors, each with a valve', parseCount, 0)
    .option('--co <count>', 'carbon monoxide sensors', parseCount, 0)
    .option('--door <count>', 'door contacts', parseCount, 0)
    .option('--camera <count>', 'cameras', parseCount, 0)
    .option('--identities <file>', 'take these devices: what `airbind batches create --out - --json` printed')
    .option('--gateway <url>', 'where devices are made', 'http://127.0.0.1:8080')
    .option('--token-file <file>', "the gateway's token for the command line", './data/cli-token')
    .option('--broker <url>', 'where devices connect; mqtts:// for TLS', 'mqtt://127.0.0.1:1883')
    .option('--ca <file>', "who vouches for the gateway's certificate: `airbind ca certificate`")
    .option('--cert <file>', "the device's own certificate, shown instead of its secret: `airbind ca issue`")
    .option('--key <file>', 'the private key that belongs to it; it may be the same file')
    .option('--ssid <name>', 'the network of the home', 'Airbind Home')
    .option('--wifi-password <password>', 'its password', 'only-a-simulation')
    .option('--airkiss-port <port...>', 'where AirKiss is sent to', collectPorts, usualPorts)
    .option('--ack-port <port>', 'where its sender waits for answers', parsePort, 10_000)
    .option('--discovery-port <port>', 'where the devices are asked what they are', parsePort, DISCOVERY_PORT)
    .option('--provisioned', 'the devices know their Wi-Fi already', false)
    .option('--seed <number>', 'the same number gives the same home', parseCount, 1)
    .option('--state <file>', 'what the devices remember', './data/sim.json')
    .option('--fast', 'ten seconds of their lives for one of ours', false)
    .addHelpText('after', `\nKeys while it runs: ${keysHelp}\n${examples}`)
    .allowExcessArguments(false)
    .action((options: SimOptions) => run(options));
}

const examples = `
Examples:
  npm run sim -- --gas 1 --co 1 --door 1 --camera 1 --provisioned
      four devices, made at the gateway on this machine and on the Wi-Fi at once
  npm run sim -- --gas 1 --fast
      one that listens until, in another terminal:
      npm run -s airbind -- provision --ssid "Airbind Home" --to 127.255.255.255
  npm run sim
      whoever is in the state file, as they were left
  npm run sim -- --gas 1 --provisioned --broker mqtts://localhost:8883 --ca ca.pem
      one that speaks TLS, and no word to a gateway that this authority does not know`;

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > 100_000) throw new InvalidArgumentError('It takes a whole number.');
  return count;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('It takes 1 to 65535.');
  return port;
}

function collectPorts(text: string, before: readonly number[]): readonly number[] {
  return [...(before === usualPorts ? [] : before), parsePort(text)];
}
