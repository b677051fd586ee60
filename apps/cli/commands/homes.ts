// `homes`: where devices stand, and whether somebody is there.
import { type Command, Option } from 'commander';
import { type HomeMode, type HomeView, homeModeSchema } from '#codecs/api';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { table, timeText } from '../table.js';

interface ChangeOptions extends GatewayOptions {
  readonly name?: string;
  readonly mode?: HomeMode;
  readonly timeZone?: string;
}

export function homesCommand(surroundings: Surroundings): Command {
  return group('homes', 'your homes: their names, time zones and modes', [
    listCommand(surroundings),
    changeCommand(surroundings),
    removeCommand(surroundings),
  ]);
}

function listCommand(surroundings: Surroundings): Command {
  return gatewayCommand('list', 'your homes')
    .addHelpText('after', examples('homes list'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('homes'), homesText);
    });
}

function changeCommand(surroundings: Surroundings): Command {
  return gatewayCommand('change', 'say who is there, or give a home another name or time zone')
    .argument('<home>', 'id of the home')
    .addOption(new Option('--mode <mode>', 'who is there').choices(homeModeSchema.options))
    .option('--name <name>', 'the new name')
    .option('--time-zone <zone>', 'such as Asia/Shanghai')
    .addHelpText(
      'after',
      examples('homes change 4TQ8 --mode away', 'homes change 4TQ8 --time-zone Asia/Shanghai'),
    )
    .action(async (homeId: string, { name, mode, timeZone, ...options }: ChangeOptions) => {
      if (name === undefined && mode === undefined && timeZone === undefined) {
        throw new Failure('usage', { sentence: 'Give what is to change: --mode, --name or --time-zone.' });
      }
      const { gateway, show } = await connect(surroundings, options);
      const changed = await gateway.call('changeHome', {
        params: { homeId },
        body: { name, mode, timeZone },
      });
      show(changed, home => homesText([home]));
    });
}

interface RemoveOptions extends GatewayOptions {
  readonly moveTo?: string;
}

function removeCommand(surroundings: Surroundings): Command {
  return gatewayCommand('remove', 'remove a home with its members, rooms, contacts and plan')
    .argument('<home>', 'id of the home')
    .option('--move-to <home>', 'the home of yours into which its devices move')
    .requiredOption('--yes', 'say that you mean it')
    .addHelpText('after', examples('homes remove 4TQ8 --move-to 9KX2 --yes'))
    .action(async (homeId: string, { moveTo, ...options }: RemoveOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('removeHome', {
          params: { homeId },
          query: moveTo === undefined ? undefined : { moveTo },
        }),
        () => `${homeId} is gone, and nobody has a right in it any more.\n`,
      );
    });
}

function homesText(homes: readonly HomeView[]): string {
  return table(
    ['HOME', 'NAME', 'MODE', 'SINCE', 'TIME ZONE'],
    homes.map(home => [home.id, home.name, home.mode, timeText(home.modeSince), home.timeZone]),
  );
}
