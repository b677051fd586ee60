// Products: what the maker declares of a model of device.
import { z } from 'zod';
import { readingName } from '#codecs/wire';
import { regionSchema } from './region.js';
import { alarmClassSchema, ruleSchema } from './rule.js';
import { faultsOfRule } from './rule-safety.js';
import { slug, textSchema } from './text.js';

/** How a person shows that the device is in their hands. */
export const bindingPolicySchema = z.enum(['button', 'provisioned', 'pin', 'none']);
export type BindingPolicy = z.infer<typeof bindingPolicySchema>;

export const iconSchema = z.enum(['gas', 'co', 'smoke', 'water', 'door', 'motion', 'camera', 'hub', 'other']);

export const productSchema = z
  .object({
    id: slug,
    name: textSchema,
    icon: iconSchema,
    readings: z
      .array(
        z.object({
          name: readingName,
          label: textSchema,
          unit: z.string().max(12),
          min: z.number(),
          max: z.number(),
        }),
      )
      .max(32),
    bits: z
      .array(z.object({ name: readingName, label: textSchema, on: textSchema, off: textSchema }))
      .max(32),
    commands: z
      .array(z.object({ name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/), label: textSchema }))
      .max(16),
    snapshots: z.boolean().default(false),
    intervalS: z.int().min(1).max(86_400),
    power: z.enum(['mains', 'battery']),
    region: regionSchema.default('EN'),
    safetyClass: alarmClassSchema,
    bindingPolicy: bindingPolicySchema,
    /** Whether its firmware takes a new secret by the command `credential`: then it gets one when it loses an owner. */
    renewsSecret: z.boolean().default(false),
    rules: z.array(ruleSchema).max(16),
    /** What the scan page says about the product. */
    page: z.object({ about: textSchema, link: z.url().optional() }),
  })
  .refine(p => p.safetyClass !== 'L' || p.bindingPolicy !== 'none', {
    path: ['bindingPolicy'],
    message: 'none is never for a life safety product',
  })
  .refine(p => new Set(p.rules.map(r => r.id)).size === p.rules.length, {
    path: ['rules'],
    message: 'two rules have the same id',
  })
  .refine(rulesBindToReadings, {
    path: ['rules'],
    message: 'a rule names a reading or bit that is not declared',
  })
  .superRefine((product, context) => {
    const unitOf = (name: string) => product.readings.find(reading => reading.name === name)?.unit;
    product.rules.forEach((rule, i) => {
      for (const { field, message } of faultsOfRule(rule, product.region, unitOf))
        context.addIssue({ code: 'custom', path: ['rules', i, field], message });
    });
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof productSchema>;

function rulesBindToReadings(product: {
  readings: { name: string }[];
  bits: { name: string }[];
  rules: z.infer<typeof ruleSchema>[];
}): boolean {
  const readings = new Set(product.readings.map(r => r.name));
  const bits = new Set(product.bits.map(b => b.name));
  return product.rules.every(
    rule =>
      (!('reading' in rule) || readings.has(rule.reading)) &&
      (!('bit' in rule) || rule.bit === undefined || bits.has(rule.bit)),
  );
}
