// The demo's products: the starter products with the waiting times of a stage instead of a kitchen.
import type { Product, Rule } from '#codecs/api';
import { starterProducts } from '#domain/devices';

/** A product's clear time is data; here it is some seconds. */
const clearAfterS = 3;
/** An alarm that nobody acknowledges is told again this soon. */
const repeatAfterS = [5];
/** The devices of the demo report every two seconds; a machine may be busy. */
const silentS = 20;
const leftOpenS = 8;
const staleS = 5;

export const demoProducts: readonly Product[] = starterProducts.map(product => ({
  ...product,
  rules: product.rules.map(quickened),
}));

function quickened(rule: Rule): Rule {
  switch (rule.kind) {
    case 'gas':
    case 'co':
      return { ...rule, clearAfterS, repeatAfterS };
    case 'smoke':
    case 'water':
      return { ...rule, clearAfterS };
    case 'left-open':
      return { ...rule, afterS: leftOpenS };
    case 'silence':
      return { ...rule, afterS: silentS };
    case 'co2':
      return { ...rule, forS: staleS, clearAfterS };
    default:
      return rule;
  }
}
