// What is printed for the devices of a batch: labels, which hold nothing secret, and the PINs that go inside the boxes.
import { Injectable } from '@nestjs/common';
import type { DevicePin, LabelledDevice } from '#codecs/api';
import { derivePin } from '#codecs/ticket';
import { DomainError } from '#domain/errors';
import type { Batch } from './batch.js';
import { BatchStore } from './batch.store.js';
import { type Device, pinSubject } from './device.js';
import { ProductStore } from './device.store.js';
import { KeyRingSource } from './key-ring-source.js';
import { steps } from './steps.js';
import { Tickets } from './tickets.js';

/** Tickets or PINs computed at one go: a millisecond or two. */
const atOneGo = 100;

@Injectable()
export class Prints {
  constructor(
    private readonly store: BatchStore,
    private readonly products: ProductStore,
    private readonly tickets: Tickets,
    private readonly keys: KeyRingSource,
  ) {}

  /** Of the devices after number `after`, in their order. */
  labels({ id }: Batch, after: number, limit: number): Promise<LabelledDevice[]> {
    return this.each(id, after, limit, device => {
      const { number, id, productId: product, serial, mac } = device;
      return { number, id, product, serial, ...(mac !== null && { mac }), ...this.tickets.of(device) };
    });
  }

  /** @throws DomainError `invalid-request` for a product that is not bound by a PIN. */
  async pins({ id, productId }: Batch, after: number, limit: number): Promise<DevicePin[]> {
    const product = await this.products.byId(productId);
    if (product?.bindingPolicy !== 'pin') {
      throw new DomainError('invalid-request', { detail: `Devices of ${productId} have no PIN.` });
    }
    const ring = this.keys.current();
    return this.each(id, after, limit, device => {
      const { number, id, serial } = device;
      return { number, id, product: productId, serial, pin: derivePin(ring, pinSubject(device)) };
    });
  }

  private async each<T>(
    batchId: number,
    after: number,
    limit: number,
    of: (device: Device) => T,
  ): Promise<T[]> {
    const printed: T[] = [];
    const devices = await this.store.devices(batchId, after, limit);
    for await (const { from, to } of steps(0, devices.length, atOneGo)) {
      printed.push(...devices.slice(from, to).map(of));
    }
    return printed;
  }
}
