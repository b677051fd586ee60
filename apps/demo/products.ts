// The demo's products: the starter products with the waiting times of a stage instead of a kitchen.
import type { Product, Rule } from '#codecs/api';
import { starterProducts } from '#domain/devices';

/** A product's clear time is data; here it is some seconds. */
const clearAfterS = 3;
/** An alarm that nobody acknowledges is told again this soon. */
const repeatAfterS = [5];

export const demoProducts: readonly Product[] = starterProducts.map(product => ({
  ...product,
  rules: product.rules.map(quickened),
}));

function quickened(rule: Rule): Rule {
  switch (rule.kind) {
    case 'gas':
    case 'co':
      return { ...rule, clearAfterS, repeatAfterS };
    default:
      return rule;
  }
}
