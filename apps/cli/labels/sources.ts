// Where labels come from: a batch of the gateway, one device of it, or a list that was exported.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Locale } from '#codecs/api';
import type { Label, PinLabel } from '#codecs/label';
import { spokenTicket, ticketFromText } from '#codecs/ticket';
import { csvRows } from '../csv-file.js';
import { devicesOfBatch, type NumberRange } from '../devices-of-batch.js';
import { Failure } from '../failure.js';
import type { Surroundings } from '../gateway-command.js';
import { PatientGateway } from '../patient-gateway.js';
import type { GatewayOptions } from '../settings.js';

export interface SourceOptions extends GatewayOptions {
  readonly batch?: string;
  readonly csv?: string;
  readonly device?: string;
  readonly from: number;
  readonly to?: number;
  readonly language: Locale;
}

/** A label and the number of its device, or of its line. */
export interface Numbered<T> {
  readonly id: string;
  readonly label: T;
}

export interface Source<T> {
  /** Null for a list, which is not counted before it is read. */
  readonly count: number | null;
  readonly labels: AsyncIterable<Numbered<T>>;
}

export function withSourceOptions(command: Command, { device = true } = {}): Command {
  command
    .option('--batch <batch>', 'name or number of a batch of the gateway')
    .option('--csv <file>', 'a list of "airbind batches devices"; the gateway is not asked');
  if (device) command.option('--device <id>', 'one device of the gateway');
  return command
    .option('--from <number>', 'the first device of the batch', parseNumber, 1)
    .option('--to <number>', 'the last device of the batch', parseNumber)
    .addOption(
      new Option('--language <language>', 'of the product’s name').choices(['zh', 'en']).default('zh'),
    );
}

/** @throws Failure `usage` unless exactly one source is named. */
export async function labelSource(
  surroundings: Surroundings,
  options: SourceOptions,
): Promise<Source<Label>> {
  requireOne(options);
  if (options.csv !== undefined)
    return { count: null, labels: labelsOfList(surroundings, options, options.csv) };
  const gateway = new PatientGateway(surroundings, options);
  if (options.device !== undefined)
    return { count: 1, labels: labelOfDevice(gateway, options, options.device) };
  const { id, range, productName } = await batchOf(gateway, options);
  return { count: range.to - range.from + 1, labels: labelsOfBatch(gateway, id, range, productName) };
}

export async function pinSource(
  surroundings: Surroundings,
  options: SourceOptions,
): Promise<Source<PinLabel>> {
  requireOne(options);
  if (options.csv !== undefined) return { count: null, labels: pinsOfList(options, options.csv) };
  const gateway = new PatientGateway(surroundings, options);
  const { id, range, productName } = await batchOf(gateway, options);
  return { count: range.to - range.from + 1, labels: pinsOfBatch(gateway, id, range, productName) };
}

async function batchOf(gateway: PatientGateway, { batch = '', from, to, language }: SourceOptions) {
  const { id, made, product } = await gateway.call('batch', { params: { batch } });
  const { name } = await gateway.call('product', { params: { productId: product } });
  const range: NumberRange = { from, to: Math.min(to ?? made, made) };
  if (range.from > range.to) {
    throw new Failure('usage', {
      sentence: `The batch has ${made} devices; none is from ${from} to ${range.to}.`,
    });
  }
  return { id, range, productName: name[language] };
}

async function* labelsOfBatch(gateway: PatientGateway, id: number, range: NumberRange, productName: string) {
  for await (const { id: device, url, spoken, serial } of devicesOfBatch(
    gateway,
    'batchDevices',
    id,
    range,
  )) {
    yield { id: device, label: { url, spoken, serial, productName } };
  }
}

async function* pinsOfBatch(gateway: PatientGateway, id: number, range: NumberRange, productName: string) {
  for await (const { id: device, pin, serial } of devicesOfBatch(gateway, 'batchPins', id, range)) {
    yield { id: device, label: { pin, serial, productName } };
  }
}

async function* labelOfDevice(gateway: PatientGateway, { language }: SourceOptions, deviceId: string) {
  const params = { deviceId };
  const { url, spoken } = await gateway.call('deviceTicket', { params });
  const { serial, product } = await gateway.call('device', { params });
  yield { id: deviceId, label: { url, spoken, serial, productName: product.name[language] } };
}

async function* labelsOfList(
  { terminal }: Surroundings,
  { language, from, to }: SourceOptions,
  file: string,
) {
  let number = 0;
  for await (const { line, cells } of csvRows(file)) {
    number += 1;
    if (number === 1 && cells.secret !== undefined) {
      terminal.complain(
        `${file} holds secrets, and labels need none: "airbind batches devices" writes a list without.\n`,
      );
    }
    if (number < from) continue;
    if (to !== undefined && number > to) return;
    const { url = '', serial = '' } = cells;
    const ticket = ticketFromText(url);
    if (!ticket.ok || url === ticket.ticket) {
      throw new Failure('invalid-request', {
        sentence: `${file}, line ${line}: there is no code in the column "url".`,
      });
    }
    const label = { url, spoken: spokenTicket(ticket.ticket), serial, productName: nameIn(cells, language) };
    yield { id: cells.id ?? String(number), label };
  }
}

async function* pinsOfList({ language, from, to }: SourceOptions, file: string) {
  let number = 0;
  for await (const { line, cells } of csvRows(file)) {
    number += 1;
    if (number < from) continue;
    if (to !== undefined && number > to) return;
    const { pin = '', serial = '' } = cells;
    if (!/^\d{6,12}$/.test(pin)) {
      throw new Failure('invalid-request', {
        sentence: `${file}, line ${line}: there is no PIN in the column "pin".`,
      });
    }
    yield { id: cells.id ?? String(number), label: { pin, serial, productName: nameIn(cells, language) } };
  }
}

type Cells = Readonly<Record<string, string | undefined>>;

const nameIn = (cells: Cells, language: Locale): string => cells[`name_${language}`] || cells.product || '';

function requireOne({ batch, csv, device }: SourceOptions): void {
  if ([batch, csv, device].filter(named => named !== undefined).length === 1) return;
  throw new Failure('usage', {
    sentence: 'Say whose labels: one of --batch BATCH, --csv FILE and --device ID.',
  });
}

function parseNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It takes a whole number from 1 on.');
}
