// `batches`: devices are made here, and their secrets leave the gateway here, once.
import { type Command, InvalidArgumentError } from 'commander';
import { type Answer, batchRequestSchema, type MadeDevice } from '#codecs/api';
import { spokenTicket } from '#codecs/ticket';
import type { GatewayClient } from '../gateway-client.js';
import { connect, examples, gatewayCommand, group, type Surroundings } from '../gateway-command.js';
import { intoNewFile } from '../new-file.js';
import type { GatewayOptions } from '../settings.js';
import { table, timeText } from '../table.js';

type MadeBatch = Answer<'makeBatch'>;

interface CreateOptions extends GatewayOptions {
  readonly product: string;
  readonly count: number;
  readonly parent?: string;
  readonly certificates?: boolean;
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
    .option('--certificates', 'give each a certificate and its key as well (see: airbind ca)')
    .option('--out <file>', 'write to a new file that only you can read, instead of the terminal')
    .addHelpText(
      'after',
      `\nPrints CSV with a heading, or JSON with --json.\n${examples(
        'batches create --product gas-alarm --count 100 --out batch.csv',
        'batches create --product gas-alarm --count 1 --json',
      )}`,
    )
    .action(async ({ product, count, parent, certificates, out, ...options }: CreateOptions) => {
      const { gateway, show } = await connect(surroundings, options);
      // Before anything is made: without an authority there would be devices and no certificates.
      if (certificates) await gateway.call('authority');
      const make = async (): Promise<Batch> => {
        const made = await gateway.call('makeBatch', { body: { product, count, parent } });
        return certificates ? certified(gateway, made) : made;
      };
      const textOf = (made: Batch) =>
        options.json ? `${JSON.stringify(made, null, 2)}\n` : csv(made.devices);
      const made = await (out === undefined ? make() : intoNewFile(out, make, textOf));
      const { batch } = made;
      if (out === undefined) show(made, () => csv(made.devices));
      else {
        show(
          { batch, file: out },
          () => `Batch ${batch.id}: ${batch.count} devices of ${batch.product}, written to ${out}.\n`,
        );
      }
      if (certificates) surroundings.terminal.complain(missingText(made));
    });
}

interface CertifiedDevice extends MadeDevice {
  readonly certificate?: string;
  readonly privateKey?: string;
}

interface Batch extends MadeBatch {
  readonly devices: CertifiedDevice[];
}

/** One after the other: what fails on the way takes nothing from the devices that are made already. */
async function certified(gateway: GatewayClient, made: MadeBatch): Promise<Batch> {
  const devices: CertifiedDevice[] = [];
  for (const device of made.devices) {
    const call = gateway.call('certifyDevice', { params: { deviceId: device.id }, body: {} });
    const pair = await call.then(
      ({ certificate, privateKey }) => ({ certificate, privateKey: privateKey ?? undefined }),
      () => ({}),
    );
    devices.push({ ...device, ...pair });
  }
  return { ...made, devices };
}

/** For standard error; empty when all is well. */
function missingText({ devices }: Batch): string {
  const missing = devices.filter(({ certificate }) => certificate === undefined).length;
  return missing === 0
    ? ''
    : `${missing} of ${devices.length} devices have no certificate. Give them one: airbind ca issue DEVICE\n`;
}

type Columns = readonly (readonly [heading: string, of: (device: CertifiedDevice) => string])[];

const columns: Columns = [
  ['id', device => device.id],
  ['product', device => device.product],
  ['serial', device => device.serial],
  ['ticket', device => device.ticket],
  ['spoken', device => spokenTicket(device.ticket)],
  ['url', device => device.url],
  ['secret', device => device.secret],
  ['pin', device => device.pin ?? ''],
];

const certificateColumns: Columns = [
  ['certificate', device => device.certificate ?? ''],
  ['privateKey', device => device.privateKey ?? ''],
];

/** RFC 4180, with plain line feeds. */
function csv(devices: readonly CertifiedDevice[]): string {
  const hasCertificates = devices.some(({ certificate }) => certificate !== undefined);
  const shown = hasCertificates ? [...columns, ...certificateColumns] : columns;
  const rows = [
    shown.map(([heading]) => heading),
    ...devices.map(device => shown.map(([, of]) => of(device))),
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
