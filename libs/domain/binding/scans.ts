// A scanned code: the device that it names, what that is, and how its binding stands at this moment.
import { Injectable } from '@nestjs/common';
import type { Product } from '#codecs/api';
import { Clock } from '#domain/clock';
import { type Device, ProductStore, Tickets } from '#domain/devices';
import { DomainError } from '#domain/errors';
import type { Binding } from './binding.js';
import { BindingStore } from './binding.store.js';
import { lapse } from './lapse.js';

export interface Scanned {
  readonly device: Device;
  readonly product: Product;
  readonly binding: Binding;
}

@Injectable()
export class Scans {
  constructor(
    private readonly tickets: Tickets,
    private readonly products: ProductStore,
    private readonly bindings: BindingStore,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-our-code` (also for a retired device), `old-label`. */
  async of(text: string): Promise<Scanned> {
    const found = await this.tickets.find(text);
    if (found === null) throw new DomainError('not-our-code');
    if (!found.current) throw new DomainError('old-label');
    const { device } = found;
    const [product, binding] = await Promise.all([
      this.products.byId(device.productId),
      this.bindings.byDevice(device.id),
    ]);
    if (product === null || binding === null || binding.state === 'retired')
      throw new DomainError('not-our-code');
    return { device, product, binding: lapse(binding, this.clock.now()) };
  }
}
