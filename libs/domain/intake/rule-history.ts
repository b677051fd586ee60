// What the rules of a device were, read from the two places where their changes are written down.
import { Injectable } from '@nestjs/common';
import { type Device, ProductStore } from '#domain/devices';
import { IntakeStore } from './intake.store.js';
import type { RuleChanges } from './rules-of-then.js';

@Injectable()
export class RuleHistory {
  constructor(
    private readonly products: ProductStore,
    private readonly store: IntakeStore,
  ) {}

  async of({ id, productId }: Pick<Device, 'id' | 'productId'>): Promise<RuleChanges> {
    const [products, figures] = await Promise.all([
      this.products.changes(productId),
      this.store.figuresOf(id),
    ]);
    return { products, figures };
  }
}
