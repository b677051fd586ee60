// `account`: a person's copy of all that the gateway holds about them, and what is erased of it.
import type { Command } from 'commander';
import { streams } from '#codecs/api';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { forOwner, intoWholeFile } from '../whole-file.js';
import { deleteCommand } from './farewell.js';
import { pastCommands } from './past.js';

interface ExportOptions extends GatewayOptions {
  readonly out: string;
}

export function accountCommand(surroundings: Surroundings): Command {
  return group('account', 'your own account', [
    exportCommand(surroundings),
    ...pastCommands(surroundings),
    deleteCommand(surroundings),
  ]);
}

function exportCommand(surroundings: Surroundings): Command {
  return gatewayCommand('export', 'all that the gateway holds about you, a JSON document a line')
    .requiredOption('--out <file>', 'where it goes; a file that is there is replaced when the copy is whole')
    .addHelpText('after', examples('account export --out my-data.ndjson'))
    .action(async ({ out, ...options }: ExportOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const bytes = await intoWholeFile(out, forOwner, async handle => {
        let written = 0;
        let tail = new Uint8Array();
        for await (const piece of gateway.pieces(streams.export, {})) {
          await handle.write(piece);
          written += piece.length;
          tail = Buffer.concat([tail, piece]).subarray(-longestEnd);
        }
        if (!isWhole(tail)) throw new Failure('answer-not-understood', { sentence: brokenOff });
        return written;
      });
      show({ file: out, bytes }, () => `${out}: ${bytes} bytes, for your eyes only.\n`);
    });
}

const brokenOff = 'The gateway broke off before the end of your data. Nothing was kept; ask again.';
const longestEnd = 64;

function isWhole(tail: Uint8Array): boolean {
  return /\n\{"what":"end","records":\d+\}\n$/.test(Buffer.from(tail).toString('utf8'));
}
