// Alarm rules as data: what a product declares, with defaults from the standards (source beside each figure).
import { z } from 'zod';
import { readingName } from '#codecs/wire';
import { slug } from './text.js';

export const severitySchema = z.enum(['emergency', 'critical', 'major', 'minor', 'warning', 'info']);
export type Severity = z.infer<typeof severitySchema>;

/** L life safety, S security, T technical, I information. */
export const alarmClassSchema = z.enum(['L', 'S', 'T', 'I']);
export type AlarmClass = z.infer<typeof alarmClassSchema>;

/** Seconds after which an unacknowledged alarm is told again; the last gap goes on for ever. */
const repeatAfterS = z.array(z.number().positive().max(86_400)).min(1).max(10);

const common = { id: slug, repeatAfterS: repeatAfterS.optional() };

/** Flammable gas in %LEL. EN 50194-1 window 3–20 %LEL, GB 15322.2 5–25; ours 10. */
export const gasRuleSchema = z
  .object({
    ...common,
    kind: z.literal('gas'),
    reading: readingName,
    /** The detector's own verdict: always enough to raise. */
    bit: readingName.optional(),
    raiseAtLel: z.number().min(3).max(20).default(10),
    clearBelowLel: z.number().min(1).max(20).default(5),
    clearAfterS: z.number().min(1).max(3600).default(300),
    /** A level at or over the threshold raises at the second sample, or after this long at one. */
    holdS: z.number().min(0).max(30).default(30),
  })
  .refine(rule => rule.clearBelowLel < rule.raiseAtLel, {
    path: ['clearBelowLel'],
    message: 'lies below raiseAtLel, or the alarm would flap',
  });

/** Carbon monoxide in ppm: each step raises once its level has held that long (EN 50291-1 table 1, within its windows). */
export const coRuleSchema = z
  .object({
    ...common,
    kind: z.literal('co'),
    reading: readingName,
    bit: readingName.optional(),
    steps: z
      .array(
        z.object({ atLeastPpm: z.number().positive(), forS: z.number().min(0), severity: severitySchema }),
      )
      .min(1)
      .default([
        { atLeastPpm: 600, forS: 20, severity: 'emergency' },
        { atLeastPpm: 300, forS: 120, severity: 'emergency' },
        { atLeastPpm: 100, forS: 1500, severity: 'critical' },
        { atLeastPpm: 50, forS: 4500, severity: 'critical' },
      ]),
    clearBelowPpm: z.number().positive().default(30),
    clearAfterS: z.number().min(1).max(3600).default(360),
  })
  .refine(rule => rule.steps.every(step => rule.clearBelowPpm < step.atLeastPpm), {
    path: ['clearBelowPpm'],
    message: 'lies below every step, or the alarm would flap',
  });

/** A door, window or fridge that stays open. Entrance 5 min, window 15, fridge 2 (practice). */
export const leftOpenRuleSchema = z.object({
  ...common,
  kind: z.literal('left-open'),
  bit: readingName,
  afterS: z.number().min(1).max(86_400).default(300),
});

/** A door that opens while the home is away or asleep. Delays as EN 50131 practice has them. */
export const intrusionRuleSchema = z.object({
  ...common,
  kind: z.literal('intrusion'),
  bit: readingName,
  entryDelayS: z.number().min(0).max(120).default(30),
  exitDelayS: z.number().min(0).max(120).default(45),
});

/** A device that stops speaking. Null: 2.5 intervals for class L (at most 10 min on mains, 65 on battery), 3 for others. */
export const silenceRuleSchema = z.object({
  ...common,
  kind: z.literal('silence'),
  afterS: z.number().min(1).max(86_400).nullable().default(null),
});

export const ruleSchema = z.discriminatedUnion('kind', [
  gasRuleSchema,
  coRuleSchema,
  leftOpenRuleSchema,
  intrusionRuleSchema,
  silenceRuleSchema,
]);

export type Rule = z.infer<typeof ruleSchema>;
export type RuleKind = Rule['kind'];
export type GasRule = z.infer<typeof gasRuleSchema>;
export type CoRule = z.infer<typeof coRuleSchema>;
export type LeftOpenRule = z.infer<typeof leftOpenRuleSchema>;
export type IntrusionRule = z.infer<typeof intrusionRuleSchema>;
export type SilenceRule = z.infer<typeof silenceRuleSchema>;
