// Batches: devices that are made, with credentials that leave the gateway once.
import { Controller } from '@nestjs/common';
import type { BatchView } from '#codecs/api';
import { type Batch, Manufacture } from '#domain/devices';
import { Call } from './call.js';
import { Input, type InputOf } from './inputs.js';

@Controller()
export class BatchesController {
  constructor(private readonly manufacture: Manufacture) {}

  @Call('batches')
  async list() {
    return (await this.manufacture.batches()).map(batchView);
  }

  @Call('makeBatch')
  async make(@Input() { product, count, parent }: InputOf<'makeBatch'>) {
    const { batch, devices } = await this.manufacture.makeBatch(product, count, parent ?? null);
    return { batch: batchView(batch), devices };
  }
}

function batchView({ id, productId, count, createdAt }: Batch): BatchView {
  return { id, product: productId, count, createdAt };
}
