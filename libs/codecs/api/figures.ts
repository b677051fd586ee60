// The figures of a device's rules that differ from its product's: within the same bounds, and never what a rule is about.
import { z } from 'zod';
import type { Product } from './product.js';
import { type Rule, ruleSchema } from './rule.js';
import { faultsOfRule, type RuleFault } from './rule-safety.js';
import { timeMs } from './text.js';

/** By the rule's id, its figures by name. */
export const figuresSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
export type Figures = z.infer<typeof figuresSchema>;

/** Null gives the product's figure back. */
export const figuresChangeSchema = z
  .object({
    figures: z.record(z.string().max(40), z.union([z.number(), z.string(), z.array(z.unknown()), z.null()])),
  })
  .meta({ id: 'FiguresChange' });
export type FiguresChange = z.infer<typeof figuresChangeSchema>['figures'];

export const deviceRulesSchema = z
  .object({
    rules: z.array(
      z.object({
        /** As it holds for this device. */
        rule: ruleSchema,
        /** Of it, what is the device's own. */
        own: z.record(z.string(), z.unknown()),
      }),
    ),
    /** When a figure was last changed, by whom, and whether for this device alone or for its product; null: never. */
    changedAt: timeMs.nullable(),
    changedBy: z.string().nullable(),
    changed: z.enum(['device', 'product']).nullable(),
  })
  .meta({ id: 'DeviceRules' });
export type DeviceRulesView = z.infer<typeof deviceRulesSchema>;

/** What a rule is about is the product's alone. */
const fixed: readonly string[] = ['id', 'kind', 'reading', 'bit', 'gas'];

type Ruled = Pick<Product, 'rules' | 'region' | 'readings'>;

/**
 * A rule with figures of its own.
 * @returns what is wrong with them instead, one sentence each
 */
export function ruleWith(
  product: Ruled,
  rule: Rule,
  figures: Readonly<Record<string, unknown>>,
): { readonly rule: Rule } | { readonly faults: readonly RuleFault[] } {
  const unknown = Object.keys(figures).filter(name => fixed.includes(name) || !(name in rule));
  if (unknown.length > 0)
    return { faults: unknown.map(field => ({ field, message: 'is no figure of this rule' })) };
  const read = ruleSchema.safeParse({ ...rule, ...figures });
  if (!read.success)
    return {
      faults: read.error.issues.map(({ path, message }) => ({ field: String(path[0] ?? ''), message })),
    };
  const unitOf = (name: string) => product.readings.find(reading => reading.name === name)?.unit;
  const faults = faultsOfRule(read.data, product.region, unitOf);
  return faults.length > 0 ? { faults } : { rule: read.data };
}

/** The product's rules as they hold for a device; what its product does not allow any more is as the product has it. */
export function rulesWith(product: Ruled, figures: Figures): Rule[] {
  return product.rules.map(rule => {
    const own = figures[rule.id];
    const changed = own === undefined ? null : ruleWith(product, rule, own);
    return changed !== null && 'rule' in changed ? changed.rule : rule;
  });
}
