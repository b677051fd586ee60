// `batches list`, `show` and `confirm`: how far each batch is, and the last word about its credentials.
import type { Command } from 'commander';
import type { BatchView } from '#codecs/api';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { facts, table, timeText } from '../table.js';

const batchHelp = 'its name or number';

export function listCommand(surroundings: Surroundings): Command {
  return gatewayCommand('list', 'every batch that was made')
    .addHelpText('after', examples('batches list'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('batches'), batches =>
        batches.length === 0
          ? 'There are no batches yet. Make one: airbind batches create --product PRODUCT --count N\n'
          : table(
              ['BATCH', 'NAME', 'PRODUCT', 'DEVICES', 'CREDENTIALS', 'MADE'],
              batches.map(batch => [
                String(batch.id),
                batch.name ?? '',
                batch.product,
                madeOf(batch),
                exportOf(batch),
                timeText(batch.createdAt),
              ]),
            ),
      );
    });
}

export function showCommand(surroundings: Surroundings): Command {
  return gatewayCommand('show', 'how far one batch is')
    .argument('<batch>', batchHelp)
    .addHelpText('after', examples('batches show autumn', 'batches show 7'))
    .action(async (name: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('batch', { params: { batch: name } }), batchText);
    });
}

export function confirmCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'confirm',
    'say that you hold all credentials of a batch: none of them can leave again',
  )
    .argument('<batch>', batchHelp)
    .requiredOption('--yes', 'say that you mean it')
    .addHelpText('after', examples('batches confirm autumn --yes'))
    .action(async (name: string, options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(
        await gateway.call('confirmBatch', { params: { batch: name } }),
        () =>
          `Confirmed: the credentials of ${name} are with you alone. A device that loses its own gets another: airbind devices reissue ID --yes\n`,
      );
    });
}

function batchText(batch: BatchView): string {
  return facts([
    ['Batch', String(batch.id)],
    ['Name', batch.name],
    ['Product', batch.product],
    ['Devices', madeOf(batch)],
    ['Credentials', exportOf(batch)],
    ['Made', timeText(batch.createdAt)],
  ]);
}

const madeOf = ({ made, count }: BatchView): string => (made === count ? `${count}` : `${made} of ${count}`);

function exportOf({ exported, count, confirmedAt }: BatchView): string {
  if (confirmedAt !== null) return 'confirmed';
  return exported === count ? 'exported' : exported > 0 ? `${exported} of ${count}` : 'not exported';
}
