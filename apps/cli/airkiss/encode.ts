// `airkiss encode`: the symbols of credentials, as the WeChat app sends them.
import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { encode } from '#codecs/airkiss';
import { DomainError } from '#domain/errors';
import { credentialsOf, faultIn, warningsAbout } from '#domain/provisioning';
import { Failure } from '../failure.js';
import { examples, type Surroundings } from '../gateway-command.js';
import {
  type CredentialOptions,
  passwordBytes,
  ssidOf,
  withCredentialOptions,
} from './credential-options.js';

interface EncodeOptions extends CredentialOptions {
  readonly json?: boolean;
}

export function encodeCommand({ terminal }: Surroundings): Command {
  return withCredentialOptions(new Command('encode'))
    .description('the datagram lengths that tell a Wi-Fi, without sending them')
    .option('--json', 'print one line of JSON and nothing else')
    .addHelpText(
      'after',
      examples(
        'airkiss encode --ssid MySSID --password 12345678',
        'airkiss encode --ssid-hex ced2b5c4 --password x --json',
      ),
    )
    .action((options: EncodeOptions) => {
      const { password, random = randomInt(1, 128), key } = options;
      const ssid = ssidOf(options);
      if (password === undefined)
        throw new Failure('usage', {
          sentence: "Give --password PASSWORD, or --password '' for an open network.",
        });
      const request = { ssid, password: passwordBytes(password), random, encrypt: key?.encrypt };
      const fault = faultIn(request);
      if (fault) throw new DomainError(fault.code, { detail: fault.sentence });
      const program = encode(credentialsOf(request, random));
      const warnings = warningsAbout(request);
      if (options.json) {
        terminal.write(`${JSON.stringify({ ...program, warnings })}\n`);
        return;
      }
      for (const warning of warnings) terminal.complain(`Note: ${warning}\n`);
      terminal.write(textOf(program, random));
    });
}

function textOf(
  { guide, magic, prefix, sequences, total }: ReturnType<typeof encode>,
  random: number,
): string {
  const rows: [string, readonly number[]][] = [
    ['guide', guide],
    ['magic', magic],
    ['prefix', prefix],
    ...sequences.map((symbols, index): [string, readonly number[]] => [`group ${index}`, symbols]),
  ];
  const lines = rows.map(([name, symbols]) => `${name.padEnd(9)}${symbols.join(' ')}\n`).join('');
  return `${lines}${total} bytes of data; devices answer with ${random}.\n`;
}
