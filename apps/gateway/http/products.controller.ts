// Products: the models of device that this gateway knows.
import { Controller, Param } from '@nestjs/common';
import type { Account } from '#domain/accounts';
import { Products } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { Call } from './call.js';
import { By, Input, type InputOf } from './inputs.js';

@Controller()
export class ProductsController {
  constructor(private readonly products: Products) {}

  @Call('products')
  list() {
    return this.products.all();
  }

  @Call('product')
  async show(@Param('productId') productId: string) {
    const product = await this.products.byId(productId);
    if (!product) throw new DomainError('product-unknown');
    return product;
  }

  @Call('putProduct')
  put(@Param('productId') productId: string, @Input() product: InputOf<'putProduct'>, @By() by: Account) {
    return this.products.put(productId, product, by);
  }

  @Call('dropProduct')
  async drop(@Param('productId') productId: string) {
    await this.products.drop(productId);
    return { done: true } as const;
  }
}
