// The starter products with the waiting times of a test: an alarm is told again, and over, within seconds.
import type { Product, Rule } from '#codecs/api';
import { starterProducts } from '#domain/devices';

export const quickProducts: readonly Product[] = starterProducts.map(product => ({
  ...product,
  rules: product.rules.map(quickened),
}));

function quickened(rule: Rule): Rule {
  switch (rule.kind) {
    case 'gas':
    case 'co':
      return { ...rule, clearAfterS: 1, repeatAfterS: [1] };
    case 'left-open':
    case 'intrusion':
    case 'silence':
      return rule;
    default:
      return rule satisfies never;
  }
}
