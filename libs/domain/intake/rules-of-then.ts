// The rules by which a device was judged at a moment: its product as it was then, with the device's own figures of then.
import { type Product, rulesWith } from '#codecs/api';
import type { ProductChange } from '#domain/devices';
import type { DeviceFigures } from './intake.store.js';

/** Oldest first, each. */
export interface RuleChanges {
  readonly products: readonly ProductChange[];
  readonly figures: readonly DeviceFigures[];
}

/** A change counts from its own moment on. @returns null before the product was known */
export function productAt({ products, figures }: RuleChanges, at: number): Product | null {
  const product = products.findLast(change => change.at <= at)?.definition;
  if (product === undefined) return null;
  const own = figures.findLast(({ changedAt }) => changedAt <= at);
  return own === undefined ? product : { ...product, rules: rulesWith(product, own.figures) };
}

/** The last change of either; null: all is as it was in the beginning. */
export function lastChange({ products, figures }: RuleChanges) {
  const [, ...later] = products;
  const changes = [
    ...later.map(({ at, by }) => ({ at, by, of: 'product' as const })),
    ...figures.map(({ changedAt: at, changedBy: by }) => ({ at, by, of: 'device' as const })),
  ];
  return changes.sort((a, b) => a.at - b.at).at(-1) ?? null;
}
