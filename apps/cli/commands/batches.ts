// `batches`: devices are made here, and their secrets leave the gateway here, once.
import { type FileHandle, open, rm } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { type Answer, batchRequestSchema, type MadeDevice } from '#codecs/api';
import { spokenTicket } from '#codecs/ticket';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import type { GatewayOptions } from '../settings.js';
import { table, timeText } from '../table.js';

type MadeBatch = Answer<'makeBatch'>;

interface CreateOptions extends GatewayOptions {
  readonly product: string;
  readonly count: number;
  readonly parent?: string;
  readonly out?: string;
}

export function batchesCommand(surroundings: Surroundings): Command {
  return group('batches', 'make devices: their identities, secrets and tickets (operators)', [
    listCommand(surroundings),
    createCommand(surroundings),
  ]);
}

function listCommand(surroundings: Surroundings): Command {
  return gatewayCommand('list', 'every batch that was made')
    .addHelpText('after', examples('batches list'))
    .action(async (options: GatewayOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      show(await gateway.call('batches'), batches =>
        batches.length === 0
          ? 'There are no batches yet. Make one: airbind batches create --product PRODUCT --count N\n'
          : table(
              ['BATCH', 'PRODUCT', 'DEVICES', 'MADE'],
              batches.map(batch => [
                String(batch.id),
                batch.product,
                String(batch.count),
                timeText(batch.createdAt),
              ]),
            ),
      );
    });
}

function createCommand(surroundings: Surroundings): Command {
  return gatewayCommand(
    'create',
    'make a number of devices; their secrets are shown this once and stored nowhere',
  )
    .requiredOption('--product <product>', 'id of the product')
    .requiredOption('--count <number>', 'how many devices, 1 to 1000', parseCount)
    .option('--parent <device>', 'id of the hub that will publish for them')
    .option('--out <file>', 'write to a new file that only you can read, instead of the terminal')
    .addHelpText(
      'after',
      `\nPrints CSV with a heading, or JSON with --json.\n${examples(
        'batches create --product gas-alarm --count 100 --out batch.csv',
        'batches create --product gas-alarm --count 1 --json',
      )}`,
    )
    .action(async ({ product, count, parent, out, ...options }: CreateOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      const make = () => gateway.call('makeBatch', { body: { product, count, parent } });
      const textOf = (made: MadeBatch) =>
        options.json ? `${JSON.stringify(made, null, 2)}\n` : csv(made.devices);
      if (out === undefined) {
        show(await make(), made => csv(made.devices));
        return;
      }
      const { batch } = await intoNewFile(out, make, textOf);
      show(
        { batch, file: out },
        () => `Batch ${batch.id}: ${batch.count} devices of ${batch.product}, written to ${out}.\n`,
      );
    });
}

/** The file is there before anything is made: secrets that cannot be written would be lost. */
async function intoNewFile(
  file: string,
  make: () => Promise<MadeBatch>,
  textOf: (made: MadeBatch) => string,
) {
  const handle = await openNew(file);
  try {
    const made = await make().catch(async error => {
      await rm(file, { force: true });
      throw error;
    });
    await handle.writeFile(textOf(made));
    await handle.sync();
    return made;
  } finally {
    await handle.close();
  }
}

async function openNew(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx', 0o600);
  } catch (error) {
    throw new Failure('file-unwritable', { sentence: `${file} cannot be made: ${String(error)}` });
  }
}

const columns: readonly (readonly [heading: string, of: (device: MadeDevice) => string])[] = [
  ['id', device => device.id],
  ['product', device => device.product],
  ['serial', device => device.serial],
  ['ticket', device => device.ticket],
  ['spoken', device => spokenTicket(device.ticket)],
  ['url', device => device.url],
  ['secret', device => device.secret],
  ['pin', device => device.pin ?? ''],
];

/** RFC 4180, with plain line feeds. */
function csv(devices: readonly MadeDevice[]): string {
  const rows = [
    columns.map(([heading]) => heading),
    ...devices.map(device => columns.map(([, of]) => of(device))),
  ];
  return rows.map(cells => `${cells.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function parseCount(text: string): number {
  const count = batchRequestSchema.shape.count.safeParse(/^\d+$/.test(text) ? Number(text) : Number.NaN);
  if (count.success) return count.data;
  throw new InvalidArgumentError('It takes a whole number from 1 to 1000.');
}
