// `devices`: what there is, how it is, what became of it, and what it can be told to do.
import { type Command, InvalidArgumentError } from 'commander';
import type { DeviceView } from '#codecs/api';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table, timeText } from '../table.js';
import { belongingCommands } from './belonging.js';
import { deviceText } from './device-text.js';
import { deviceWhyCommand } from './device-why.js';
import { eventsCommand, historyCommand } from './history.js';
import { rulesCommand } from './rules.js';
import { watchCommand } from './watch.js';

interface ListOptions extends GatewayOptions {
  readonly all?: boolean;
}

interface CommandOptions extends GatewayOptions {
  readonly arg: Readonly<Record<string, ArgValue>>;
}

type ArgValue = string | number | boolean;

const idHelp = 'id of the device';

export function devicesCommand(surroundings: Surroundings): Command {
  const make = [
    listCommand,
    showCommand,
    historyCommand,
    eventsCommand,
    watchCommand,
    renameCommand,
    ledgerCommand,
    rulesCommand,
    deviceWhyCommand,
    commandCommand,
    revokeCommand,
    reissueCommand,
    reprintCommand,
  ];
  return group('devices', 'devices: how they are, and what they can be told', [
    ...make.map(each => each(surroundings)),
    ...belongingCommands(surroundings),
  ]);
}

function listCommand(surroundings: Surroundings): Command {
  return gatewayCommand('list', 'your devices')
    .option('--all', 'every device of the gateway (operators)')
    .addHelpText('after', examples('devices list', 'devices list --all --json'))
    .action(async (options: ListOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const query = options.all ? { all: 'true' } : undefined;
      show(await gateway.call('devices', { query }), devices =>
        devices.length === 0
          ? options.all
            ? 'There are no devices yet. Make some: airbind batches create --product PRODUCT --count N\n'
            : 'There are no devices of yours. Scan a label to bind one; operators see every device with --all.\n'
          : listText(devices),
      );
    });
}

function listText(devices: readonly DeviceView[]): string {
  return table(
    ['DEVICE', 'NAME', 'PRODUCT', 'BINDING', 'PRESENCE', 'ALARMS', 'HEARD'],
    devices.map(device => [
      device.id,
      device.name,
      device.product.name.en,
      device.state,
      device.presence.state,
      String(device.openAlarms),
      device.presence.lastHeardAt === null ? 'never' : timeText(device.presence.lastHeardAt),
    ]),
  );
}

function showCommand(surroundings: Surroundings): Command {
  return gatewayCommand('show', 'one device with its latest readings')
    .argument('<device>', idHelp)
    .addHelpText('after', examples('devices show 7Q2M4KX9'))
    .action(async (deviceId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('device', { params: { deviceId } }), deviceText);
    });
}

function renameCommand(surroundings: Surroundings): Command {
  return gatewayCommand('rename', 'give a device another name')
    .argument('<device>', idHelp)
    .argument('<name>', 'the new name')
    .addHelpText('after', examples('devices rename 7Q2M4KX9 "Kitchen gas"'))
    .action(async (deviceId: string, name: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('changeDevice', { params: { deviceId }, body: { name } }), device =>
        listText([device]),
      );
    });
}

function ledgerCommand(surroundings: Surroundings): Command {
  return gatewayCommand('ledger', 'who did what to the binding of a device: when, from where, by which proof')
    .argument('<device>', idHelp)
    .addHelpText('after', examples('devices ledger 7Q2M4KX9'))
    .action(async (deviceId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('ledger', { params: { deviceId } }), entries =>
        table(
          ['WHEN', 'WHAT', 'WHOM', 'BY', 'FROM', 'PROOF', 'EPOCH', 'REASON'],
          entries.map(entry => [
            timeText(entry.at),
            entry.what,
            entry.whom?.name ?? entry.whom?.is ?? '',
            entry.by,
            [entry.from?.via, entry.from?.address].filter(Boolean).join(' '),
            entry.proof ?? '',
            String(entry.epoch),
            entry.reason ?? '',
          ]),
        ),
      );
    });
}

function commandCommand(surroundings: Surroundings): Command {
  return gatewayCommand('command', 'tell a device to do something that its product declares')
    .argument('<device>', idHelp)
    .argument('<name>', 'name of the command')
    .option('--arg <key=value>', 'an argument; may be given several times', collectArg, {})
    .addHelpText(
      'after',
      examples(
        'devices command 7Q2M4KX9 close-valve',
        'devices command 7Q2M4KX9 set --arg volume=3 --arg chime=true',
      ),
    )
    .action(async (deviceId: string, name: string, { arg: args, ...options }: CommandOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('command', { params: { deviceId }, body: { name, args } }),
        ({ id }) => `${name} was sent to ${deviceId} (command ${id}).\n`,
      );
    });
}

function revokeCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'revoke',
    'lock a device out: neither its secret nor its certificate lets it in any more (operators)',
  )
    .argument('<device>', idHelp)
    .requiredOption('--yes', 'say that you mean it')
    .addHelpText('after', examples('devices revoke 7Q2M4KX9 --yes'))
    .action(async (deviceId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('revokeDevice', { params: { deviceId } }),
        () => `${deviceId} is let in no longer. Let it in again: airbind devices reissue ${deviceId} --yes\n`,
      );
    });
}

function reissueCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'reissue',
    'give a device a new secret in the place of all that let it in before; shown this once (operators)',
  )
    .argument('<device>', idHelp)
    .requiredOption('--yes', 'say that you mean it')
    .addHelpText('after', examples('devices reissue 7Q2M4KX9 --yes'))
    .action(async (deviceId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('reissueDevice', { params: { deviceId } }), ({ secret }) =>
        facts([
          ['Device', deviceId],
          ['Secret', secret],
        ]),
      );
    });
}

function reprintCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'reprint',
    'replace a lost or damaged label: the printed one then says that it is old (operators)',
  )
    .argument('<device>', idHelp)
    .requiredOption('--yes', 'say that you mean it')
    .addHelpText('after', examples('devices reprint 7Q2M4KX9 --yes'))
    .action(async (deviceId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('reprintLabel', { params: { deviceId } }),
        ({ generation, url, spoken }) =>
          `${facts([
            ['Device', deviceId],
            ['Label', `number ${generation + 1}; every earlier one is old`],
            ['URL', url],
            ['Spoken', spoken],
          ])}Print it: airbind labels sheet --device ${deviceId} --out label.pdf\n`,
      );
    });
}

/** `key=value`; numbers, true and false are what they look like. */
function collectArg(text: string, before: Readonly<Record<string, ArgValue>>): Record<string, ArgValue> {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError('It takes KEY=VALUE.');
  return { ...before, [key]: argValue(value) };
}

function argValue(text: string): ArgValue {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
