// `account delete`: the password once more, and then the certificate, as soon as everything is erased.
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { FarewellCertificate } from '#codecs/api';
import { certificateText } from '#domain/erasure';
import { Failure } from '../failure.js';
import { GatewayClient } from '../gateway-client.js';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import { LoginStore } from '../logins.js';
import type { GatewayOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { forOwner, intoWholeFile } from '../whole-file.js';

interface DeleteOptions extends GatewayOptions {
  readonly out: string;
  readonly passwordStdin?: boolean;
}

const againMs = 1_000;

export function deleteCommand(surroundings: Surroundings): Command {
  const { terminal } = surroundings;
  return gatewayCommand('delete', 'delete your account with everything that is yours, for ever')
    .requiredOption('--out <file>', 'where the certificate goes; a file that is there is replaced')
    .requiredOption('--yes', 'say that you mean it: nobody can bring it back')
    .option('--password-stdin', 'take the password from standard input instead of asking for it')
    .addHelpText('after', examples('account delete --out farewell.json --yes'))
    .action(async ({ out, passwordStdin = false, ...options }: DeleteOptions) => {
      const { gateway, show, settings } = await connect(surroundings, options);
      const password = await passwordFrom(terminal, passwordStdin);
      const body = password === '' ? {} : { password };
      const { token, url } = await gateway.call('leaveGateway', { body });
      await new LoginStore(settings.loginsFile).forget(settings.gatewayUrl);
      // Should this command end before the certificate is there, the link is all that leads to it.
      terminal.complain(`Your account is closed. What is left of it is being erased: ${url}\n`);
      const certificate = await certificateAt(new GatewayClient(settings.gatewayUrl), token);
      await intoWholeFile(out, forOwner, handle => handle.writeFile(certificateText(certificate)));
      show({ file: out, certificate }, () => `${out}: verify it with airbind account verify ${out}\n`);
    });
}

/** It can take minutes: what the devices recorded goes in slices. */
async function certificateAt(gateway: GatewayClient, token: string): Promise<FarewellCertificate> {
  for (;;) {
    const { certificate } = await gateway.call('farewell', { params: { token } });
    if (certificate !== null) return certificate;
    await pause(againMs);
  }
}

async function passwordFrom(terminal: Terminal, isPiped: boolean): Promise<string> {
  if (isPiped) return (await terminal.readInput()).replace(/\r?\n$/, '');
  if (terminal.canAsk) return terminal.ask('Password (Enter, if you have none): ', { secret: true });
  throw new Failure('usage', { sentence: 'There is nobody to ask here: give --password-stdin.' });
}
