// `invite`: a one-time link that lets a person in without a password.
import type { Command } from 'commander';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { timeText } from '../table.js';

interface InviteOptions extends GatewayOptions {
  readonly name?: string;
}

export function inviteCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'invite',
    'make a link with which a person signs in once without a password (operators)',
  )
    .argument('<email>', 'mail address of the person; an account is made for a new one')
    .option('--name <name>', 'name of a new person')
    .addHelpText('after', examples('invite li@example.com --name "Li Hua"'))
    .action(async (email: string, options: InviteOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('makeSignInLink', { body: { email, name: options.name } }),
        ({ url, expiresAt }) =>
          `${url}\nWorks once, until ${timeText(expiresAt)}. Give it to ${email} alone.\n`,
      );
    });
}
