// `batches create`: makes devices until all are there, and goes on where it stopped when it is typed again.
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type BatchView, devicesACall, largestBatch, unitsACall } from '#codecs/api';
import { Failure } from '../failure.js';
import { connect, examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import { PatientGateway } from '../patient-gateway.js';
import { ProgressBar } from '../progress-bar.js';
import type { GatewayOptions } from '../settings.js';
import { timeText } from '../table.js';
import { type ExportOptions, exportBatch, withExportOptions } from './export.js';
import { type ListedUnit, readUnitList, refuse, takenFault, type UnitList } from './unit-list.js';

interface CreateOptions extends GatewayOptions, Partial<ExportOptions> {
  readonly product: string;
  readonly count?: number;
  readonly csv?: string;
  readonly name?: string;
  readonly parent?: string;
}

export function createCommand(surroundings: Surroundings): Command {
  const command = gatewayCommand(
    'create',
    'make devices; the same command again goes on, or says that it is done',
  )
    .requiredOption('--product <product>', 'id of the product')
    .option('--count <number>', `how many devices, 1 to ${largestBatch}`, parseCount)
    .option('--csv <file>', 'a list with the columns serial, mac or both, one device a line')
    .option('--name <name>', 'name of the batch (else made of the product and the number, or of the list)')
    .option('--parent <device>', 'id of the hub that will publish for them');
  return withExportOptions(command)
    .addHelpText(
      'after',
      `\nA batch is known by its name: the same command means the same batch. Without --out its credentials stay
unmade until "airbind batches export".\n${examples(
        'batches create --product gas-alarm --count 100000 --name autumn',
        'batches create --product gas-alarm --csv units.csv',
        'batches create --product gas-alarm --count 100 --out batch.csv.age --age age1…',
        'batches create --product gas-alarm --count 1 --out - --json',
      )}`,
    )
    .action(async (options: CreateOptions) => {
      const { show } = await connect(surroundings, options);
      const gateway = new PatientGateway(surroundings, options);
      // Before anything is made: without an authority there would be devices and no certificates.
      if (options.certificates) await gateway.call('authority');
      const { batch, wasDone } = await made(surroundings, gateway, options);
      if (options.out !== undefined) {
        if (!wasDone && options.out !== '-') surroundings.terminal.complain(madeText(batch));
        return exportBatch(surroundings, { ...options, out: options.out }, batch);
      }
      show(batch, () => (wasDone ? doneText(batch) : `${madeText(batch)}${nextText(batch)}`));
    });
}

async function made(
  { terminal }: Surroundings,
  gateway: PatientGateway,
  options: CreateOptions,
): Promise<{ batch: BatchView; wasDone: boolean }> {
  const { product, parent, csv } = options;
  const list = csv === undefined ? null : await readUnitList(csv);
  const count = countOf(options.count, list);
  const name = options.name ?? usualName(product, count, csv);
  const found = await gateway.find('batch', { params: { batch: name } });
  if (list !== null) await refuseTaken(terminal, gateway, list, found?.made ?? 0);
  const body = { product, count, parent, unitsHash: list?.hash };
  let batch = await gateway.call('openBatch', { params: { batch: name }, body });
  const wasDone = batch.made === batch.count;
  const bar = new ProgressBar(terminal, 'Making devices', count, batch.made);
  try {
    while (batch.made < batch.count) {
      batch = await filled(gateway, batch, name, list);
      bar.to(batch.made);
    }
  } finally {
    bar.end();
    if (batch.made < batch.count) {
      terminal.complain(`${batch.made} of ${count} are made. The same command goes on from there.\n`);
    }
  }
  return { batch, wasDone };
}

async function filled(
  gateway: PatientGateway,
  { made: after }: BatchView,
  name: string,
  list: UnitList | null,
): Promise<BatchView> {
  const next = list?.units.slice(after, after + unitsACall);
  const body = { after, ...(next ? { units: next.map(sent) } : { count: devicesACall }) };
  return gateway.call('fillBatch', { params: { batch: name }, body }).catch(error => {
    // Somebody else made a device of the same number since the list was checked.
    if (list !== null && error instanceof Failure && error.code === 'units-taken') {
      refuse(list.file, faultsIn(error, list));
    }
    throw error;
  });
}

/** Before anything is made of it. @throws Failure with the lines. */
async function refuseTaken(
  terminal: Surroundings['terminal'],
  gateway: PatientGateway,
  { file, units }: UnitList,
  after: number,
): Promise<void> {
  const bar = new ProgressBar(terminal, 'Checking the list', units.length, after);
  const faults = [];
  for (let from = after; from < units.length; from += unitsACall) {
    const slice = units.slice(from, from + unitsACall);
    const { taken } = await gateway.call('checkUnits', { body: { units: slice.map(sent) } });
    for (const { index, field } of taken) {
      const unit = slice[index];
      if (unit) faults.push(takenFault(unit, field));
    }
    bar.to(from + slice.length);
  }
  bar.end();
  refuse(file, faults);
}

function faultsIn({ details: { faults = [] } }: Failure, { units }: UnitList) {
  return faults.flatMap(({ field }) => {
    const [, index, name] = /^units\.(\d+)\.(serial|mac)$/.exec(field) ?? [];
    const unit = units[Number(index)];
    return unit ? [takenFault(unit, name === 'mac' ? 'mac' : 'serial')] : [];
  });
}

const sent = ({ serial, mac }: ListedUnit) => ({ serial, mac });

function countOf(count: number | undefined, list: UnitList | null): number {
  if (list === null) {
    if (count !== undefined) return count;
    throw new Failure('usage', { sentence: 'Say how many with --count, or which with --csv FILE.' });
  }
  if (count === undefined || count === list.units.length) return list.units.length;
  const sentence = `${list.file} lists ${list.units.length} devices, and --count says ${count}. Leave one of them out.`;
  throw new Failure('usage', { sentence });
}

/** The same for the same command, so that it never makes twice what was meant once. */
function usualName(product: string, count: number, csv: string | undefined): string {
  const what = csv === undefined ? String(count) : basename(csv).replace(/\.[^.]*$/, '');
  const name = `${product}-${what}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return name.replace(/^[^a-z]+/, '').slice(0, 63) || 'batch';
}

const madeText = ({ name, id, count, product }: BatchView): string =>
  `Batch ${name} (number ${id}): ${count} devices of ${product} are made.\n`;

const nextText = ({ name }: BatchView): string =>
  [
    'Next:',
    `  airbind batches export ${name} --out FILE      their credentials, once`,
    `  airbind labels sheet --batch ${name} --out labels.pdf`,
    '',
  ].join('\n');

const doneText = ({ name, count, product, createdAt }: BatchView): string =>
  `Batch ${name} is done since ${timeText(createdAt)}: ${count} devices of ${product}. Nothing was made now; for another batch give another --name.\n`;

function parseCount(text: string): number {
  const count = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= largestBatch) return count;
  throw new InvalidArgumentError(`It takes a whole number from 1 to ${largestBatch}.`);
}
