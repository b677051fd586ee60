// The whole command: every noun with its commands, the help around them, and where their words go.
import { Command } from 'commander';
import { commands } from './commands/index.js';
import { statusMeanings } from './exit-status.js';
import { examples, type Surroundings } from './gateway-command.js';
import { packageVersion } from './version.js';

const about = `Airbind takes a gas alarm, a door contact or a camera from its box to a person's phone.
This command talks to a running gateway; "provision" and "airkiss" work on this machine alone.`;

const orientation = [
  examples(
    'login --email you@example.com           sign in at the gateway',
    'products put gas-alarm.yaml             say what you make',
    'batches create --product gas-alarm --count 100 --out batch.csv',
    'labels sheet --batch BATCH --out labels.pdf',
    'devices list                            what there is and how it is',
    'alarms list --open                      what is wrong right now',
  ),
  'Who you are: AIRBIND_TOKEN, else the token in the data folder that you name, else "airbind login",',
  'else the token that a gateway on this machine left in ./data.',
  '',
  'Exit status:',
  ...Object.entries(statusMeanings).map(([status, meaning]) => `  ${status.padStart(2)}  ${meaning}`),
].join('\n');

/** A fresh program; commands throw, and nothing in it ends the process. */
export function programFor(surroundings: Surroundings): Command {
  const program = new Command('airbind')
    .description(about)
    .version(packageVersion(), '-V, --version', 'print the version')
    .addHelpText('after', orientation);
  for (const command of commands(surroundings)) program.addCommand(command);
  for (const command of withThoseBeneath(program)) settle(command, surroundings);
  return program;
}

function settle(command: Command, { terminal }: Surroundings): void {
  command
    .exitOverride()
    .configureOutput({ writeOut: text => terminal.write(text), writeErr: text => terminal.complain(text) })
    .showHelpAfterError(`See: ${fullName(command)} --help`);
}

function withThoseBeneath(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withThoseBeneath)];
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
