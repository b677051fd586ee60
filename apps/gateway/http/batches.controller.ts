// Batches: devices that are made, credentials that leave the gateway once, and what is printed for them.
import { Controller, Param } from '@nestjs/common';
import type { z } from 'zod';
import { type BatchView, batchName, numberRangeSchema } from '#codecs/api';
import { type Batch, CredentialExports, Manufacture, Prints, Tickets } from '#domain/devices';
import { Call } from './call.js';
import { Input, type InputOf, parsed, QueryOf } from './inputs.js';

type NumberRange = z.output<typeof numberRangeSchema>;

@Controller()
export class BatchesController {
  constructor(
    private readonly manufacture: Manufacture,
    private readonly exports: CredentialExports,
    private readonly prints: Prints,
    private readonly tickets: Tickets,
  ) {}

  @Call('batches')
  async list() {
    return (await this.manufacture.batches()).map(batchView);
  }

  @Call('batch')
  async show(@Param('batch') batch: string) {
    return batchView(await this.manufacture.batch(batch));
  }

  @Call('makeBatch')
  async make(@Input() { product, count, parent }: InputOf<'makeBatch'>) {
    const { batch, devices } = await this.manufacture.makeBatch(product, count, parent ?? null);
    return { batch: batchView(batch), devices };
  }

  @Call('openBatch')
  async open(@Param('batch') name: string, @Input() plan: InputOf<'openBatch'>) {
    const { product: productId, count, parent: parentId = null, unitsHash = null } = plan;
    const request = { name: parsed(batchName, name), productId, count, parentId, unitsHash };
    return batchView(await this.manufacture.open(request));
  }

  @Call('fillBatch')
  async fill(@Param('batch') batch: string, @Input() { after, units, count }: InputOf<'fillBatch'>) {
    const found = await this.manufacture.batch(batch);
    return batchView(await this.manufacture.fill(found, after, units ?? count ?? 0));
  }

  @Call('checkUnits')
  async check(@Input() { units }: InputOf<'checkUnits'>) {
    return { taken: await this.manufacture.taken(units) };
  }

  @Call('exportCredentials')
  async export(@Param('batch') batch: string, @Input() { again, ...step }: InputOf<'exportCredentials'>) {
    const found = await this.manufacture.batch(batch);
    const slice = await this.exports.next(again ? await this.exports.again(found) : found, step);
    return { ...slice, batch: batchView(slice.batch) };
  }

  @Call('confirmBatch')
  async confirm(@Param('batch') batch: string) {
    return batchView(await this.exports.confirm(await this.manufacture.batch(batch)));
  }

  @Call('batchDevices')
  async devices(@Param('batch') batch: string, @QueryOf(numberRangeSchema) range: NumberRange) {
    return this.prints.labels(await this.manufacture.batch(batch), range.after, range.limit);
  }

  @Call('batchPins')
  async pins(@Param('batch') batch: string, @QueryOf(numberRangeSchema) range: NumberRange) {
    return this.prints.pins(await this.manufacture.batch(batch), range.after, range.limit);
  }

  @Call('reprintLabel')
  reprint(@Param('deviceId') deviceId: string) {
    return this.tickets.reprint(deviceId);
  }
}

function batchView(batch: Batch): BatchView {
  const { id, name, productId: product, count, made, exported, createdAt, confirmedAt } = batch;
  return { id, name, product, count, made, exported, createdAt, confirmedAt };
}
