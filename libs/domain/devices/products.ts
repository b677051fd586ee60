// Products: what the maker declares of a model of device.
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Product } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { DeviceStore, ProductStore } from './device.store.js';
import { ProductChanges } from './product-changes.js';
import { starterProducts } from './starter-products.js';

@Injectable()
export class Products {
  constructor(
    private readonly products: ProductStore,
    private readonly devices: DeviceStore,
    private readonly changes: ProductChanges,
    private readonly clock: Clock,
  ) {}

  /** Gives a gateway that has no product yet those that it begins with. */
  async stock(): Promise<void> {
    if ((await this.products.all()).length > 0) return;
    for (const product of starterProducts) await this.products.put(product);
  }

  all(): Promise<Product[]> {
    return this.products.all();
  }

  byId(id: string): Promise<Product | null> {
    return this.products.byId(id);
  }

  /**
   * What is as it was counts as no change.
   * @throws DomainError `invalid-request` when the ids differ, `product-in-use` when devices would lose a reading
   */
  async put(id: string, product: Product, by: Pick<Account, 'id'>): Promise<Product> {
    if (product.id !== id) {
      throw new DomainError('invalid-request', {
        faults: [{ field: 'id', message: `is ${product.id}, but the path says ${id}` }],
      });
    }
    const before = await this.products.byId(id);
    if (isDeepStrictEqual(before, product)) return product;
    const lost = before === null ? [] : namesOf(before).filter(name => !namesOf(product).includes(name));
    if (lost.length > 0 && (await this.devices.count(id)) > 0) {
      throw new DomainError('product-in-use', {
        detail: `Its devices report ${lost.join(', ')}; keep that.`,
      });
    }
    await this.products.put(product, { at: this.clock.now(), by: by.id });
    await this.changes.changed(id);
    return product;
  }

  /** @throws DomainError `product-unknown`, `product-in-use` when devices were made of it. */
  async drop(id: string): Promise<void> {
    if ((await this.products.byId(id)) === null) throw new DomainError('product-unknown');
    if (await this.products.drop(id)) return;
    throw new DomainError('product-in-use', { detail: 'Devices were made of it: it stays.' });
  }
}

function namesOf({ readings, bits }: Product): string[] {
  return [...readings, ...bits].map(({ name }) => name);
}
