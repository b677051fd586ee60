// `applications`: programs that listen to devices or command them, each with a secret and rules of its own.
import type { Command } from 'commander';
import type { Answer, ApplicationView } from '#codecs/api';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table, timeText } from '../table.js';

interface CreateOptions extends GatewayOptions {
  readonly subscribe: readonly string[];
  readonly publish: readonly string[];
}

const nameHelp = 'name of the application';

export function applicationsCommand(surroundings: Surroundings): Command {
  const make = [listCommand, createCommand, rotateCommand, revokeCommand];
  return group(
    'applications',
    'programs that connect to the broker, by rules of their own (operators)',
    make.map(each => each(surroundings)),
  );
}

function listCommand(surroundings: Surroundings): Command {
  return gatewayCommand('list', 'every application and what it may hear and say')
    .addHelpText('after', examples('applications list'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('applications'), applications =>
        applications.length === 0 ? 'There are no applications.\n' : listText(applications),
      );
    });
}

function listText(applications: readonly ApplicationView[]): string {
  return table(
    ['APPLICATION', 'USER NAME', 'HEARS', 'SAYS', 'MADE'],
    applications.map(({ id, userName, subscribe, publish, createdAt }) => [
      id,
      userName,
      subscribe.join(' '),
      publish.join(' '),
      timeText(createdAt),
    ]),
  );
}

function createCommand(surroundings: Surroundings): Command {
  return gatewayCommand('create', 'make an application; its secret is shown this once')
    .argument('<name>', '1 to 63 of a–z, 0–9 and hyphen')
    .option('--subscribe <filter>', 'topics that it may hear; may be given several times', collect, [])
    .option(
      '--publish <filter>',
      'commands that it may send, such as v1/devices/+/command; may be given several times',
      collect,
      [],
    )
    .addHelpText(
      'after',
      examples(
        "applications create dashboard --subscribe 'v1/devices/+/telemetry'",
        "applications create switchboard --subscribe 'v1/devices/+/reply' --publish 'v1/devices/+/command'",
      ),
    )
    .action(async (id: string, { subscribe, publish, ...options }: CreateOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const body = { id, subscribe: [...subscribe], publish: [...publish] };
      show(await gateway.call('makeApplication', { body }), freshText);
    });
}

function rotateCommand(surroundings: Surroundings): Command {
  return gatewayCommand('rotate', 'give an application another secret, and end its connections')
    .argument('<name>', nameHelp)
    .addHelpText('after', examples('applications rotate dashboard'))
    .action(async (applicationId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('rotateApplication', { params: { applicationId } }), freshText);
    });
}

function revokeCommand(surroundings: Surroundings): Command {
  return gatewayCommand('revoke', 'remove an application, and end its connections')
    .argument('<name>', nameHelp)
    .addHelpText('after', examples('applications revoke dashboard'))
    .action(async (applicationId: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('dropApplication', { params: { applicationId } }),
        () => `${applicationId} is let in no longer.\n`,
      );
    });
}

function freshText({ userName, secret, subscribe, publish }: Answer<'makeApplication'>): string {
  return facts([
    ['User name', userName],
    ['Password', secret],
    ['Client id', `${userName}, or ${userName}/ANYTHING for more than one connection`],
    ['Hears', subscribe.join(' ') || 'nothing'],
    ['Says', publish.join(' ') || 'nothing'],
  ]);
}

function collect(filter: string, before: readonly string[]): readonly string[] {
  return [...before, filter];
}
