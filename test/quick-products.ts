// The starter products with the waiting times of a test: an alarm is told again, and over, within seconds.
import type { Product, Rule } from '#codecs/api';
import { starterProducts } from '#domain/devices';

export const quickProducts: readonly Product[] = starterProducts.map(product => ({
  ...product,
  rules: product.rules.map(quickened),
}));

/** Every kind that can be over after a time is over after a second. */
function quickened(rule: Rule): Rule {
  if (rule.kind === 'gas' || rule.kind === 'co') return { ...rule, clearAfterS: 1, repeatAfterS: [1] };
  return 'clearAfterS' in rule ? { ...rule, clearAfterS: 1 } : rule;
}
