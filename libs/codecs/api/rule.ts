// Alarm rules as data: what a product declares, with defaults from the standards (source beside each figure).
import { z } from 'zod';
import { readingName } from '#codecs/wire';
import { gasNameSchema } from './region.js';
import { slug } from './text.js';

export const severitySchema = z.enum(['emergency', 'critical', 'major', 'minor', 'warning', 'info']);
export type Severity = z.infer<typeof severitySchema>;

/** L life safety, S security, T technical, I information. */
export const alarmClassSchema = z.enum(['L', 'S', 'T', 'I']);
export type AlarmClass = z.infer<typeof alarmClassSchema>;

/** Seconds after which an unacknowledged alarm is told again; the last gap goes on for ever. */
const repeatAfterS = z.array(z.number().positive().max(86_400)).min(1).max(10);

const common = { id: slug, repeatAfterS: repeatAfterS.optional() };
const watchesLevel = { ...common, reading: readingName };
const watchesBit = { ...common, bit: readingName };

const seconds = (least: number, most: number) => z.number().min(least).max(most);

/** Flammable gas. The bounds are the widest of all regions; the product's own region may be narrower. */
export const gasRuleSchema = z
  .object({
    ...watchesLevel,
    kind: z.literal('gas'),
    /** The detector's own verdict: always enough to raise. */
    bit: readingName.optional(),
    /** Needed when the reading is in ppm or %vol: without it nobody knows how much of that explodes. */
    gas: gasNameSchema.optional(),
    /** %LEL. EN 50194-1 window 3–20, GB 15322.2 5–25 (both to be checked); ours 10. */
    raiseAtLel: z.number().min(3).max(25).default(10),
    /** %LEL. A warning before the alarm (practice: 5–8); null: none. */
    warnAtLel: z.number().min(5).max(8).nullable().default(null),
    clearBelowLel: z.number().min(1).max(20).default(5),
    clearAfterS: seconds(1, 3600).default(300),
    /** A level at or over the threshold raises at the second sample, or after this long at one. */
    holdS: seconds(0, 30).default(30),
  })
  .refine(rule => rule.clearBelowLel < rule.raiseAtLel, {
    path: ['clearBelowLel'],
    message: 'lies below raiseAtLel, or the alarm would flap',
  })
  .refine(rule => rule.warnAtLel === null || rule.clearBelowLel <= rule.warnAtLel, {
    path: ['warnAtLel'],
    message: 'lies at or over clearBelowLel, or the warning would flap',
  });

const coPoint = z.object({ ppm: z.number().min(30), afterS: z.number().positive() });

/**
 * Carbon monoxide in ppm, as a dose: the share of the time to the alarm that is used up, at the time that each level
 * allows. Null points: those of the product's region.
 */
export const coRuleSchema = z.object({
  ...watchesLevel,
  kind: z.literal('co'),
  bit: readingName.optional(),
  points: z
    .array(coPoint)
    .min(2)
    .max(8)
    .refine(points => points.every((point, i) => isSteeper(point, points[i - 1])), {
      message: 'rise in ppm, and the time falls',
    })
    .nullable()
    .default(null),
  /** Clears below 30 ppm for 6 minutes (EN 50291-1: an alarm ends within 6 minutes of clean air). */
  clearBelowPpm: z.number().positive().max(30).default(30),
  clearAfterS: seconds(1, 3600).default(360),
});

/** Smoke, by the detector's bit, at once. */
export const smokeRuleSchema = z.object({
  ...watchesBit,
  kind: z.literal('smoke'),
  clearAfterS: seconds(1, 3600).default(300),
});

/** Water where none should be: at the second sample, or after 10 seconds (practice). */
export const waterRuleSchema = z.object({
  ...watchesBit,
  kind: z.literal('water'),
  holdS: seconds(0, 10).default(10),
  clearAfterS: seconds(1, 3600).default(600),
});

/** Carbon dioxide in ppm: a hint, poor air, the limit of a working day (OSHA 5000), the limit of 15 minutes (NIOSH 30 000). */
export const co2RuleSchema = z
  .object({
    ...watchesLevel,
    kind: z.literal('co2'),
    hintPpm: z.number().min(400).max(5000).default(1000),
    poorPpm: z.number().min(400).max(5000).default(2000),
    warnPpm: z.number().min(400).max(5000).default(5000),
    dangerPpm: z.number().min(400).max(30_000).default(30_000),
    /** How long all but the last must be exceeded. */
    forS: seconds(0, 900).default(900),
    /** It clears this far below what raised it. */
    clearByPpm: z.number().min(1).max(400).default(150),
    clearAfterS: seconds(1, 3600).default(600),
  })
  .refine(r => r.hintPpm <= r.poorPpm && r.poorPpm <= r.warnPpm && r.warnPpm <= r.dangerPpm, {
    path: ['hintPpm'],
    message: 'rises from hint over poor and warn to danger',
  });

/** How long something may stay open (practice). */
export const openForS = { entrance: 300, window: 900, fridge: 120 } as const;
const placeSchema = z.enum(['entrance', 'window', 'fridge']);

/** A door, window or fridge that stays open. Null: as long as is usual for its place. */
export const leftOpenRuleSchema = z.object({
  ...watchesBit,
  kind: z.literal('left-open'),
  place: placeSchema.default('entrance'),
  afterS: seconds(1, 86_400).nullable().default(null),
});

/** A door that opens while the home is away or asleep. Delays as EN 50131 practice has them; 0 at the perimeter. */
export const intrusionRuleSchema = z.object({
  ...watchesBit,
  kind: z.literal('intrusion'),
  entryDelayS: seconds(0, 120).default(30),
  exitDelayS: seconds(0, 120).default(45),
});

/** Somebody opens the device itself: at once, whatever the home's mode. */
export const tamperRuleSchema = z.object({
  ...watchesBit,
  kind: z.literal('tamper'),
  clearAfterS: seconds(0, 3600).default(0),
});

/** Motion while the home is away or asleep. Whatever moves again within the cooldown belongs to the same event. */
export const motionRuleSchema = z.object({
  ...watchesBit,
  kind: z.literal('motion'),
  cooldownS: seconds(0, 3600).default(60),
  stillS: seconds(1, 3600).default(30),
  exitDelayS: seconds(0, 120).default(45),
});

/** A device that stops speaking. Null: 2.5 intervals for class L (at most 10 min on mains, 65 on battery), 3 for others. */
export const silenceRuleSchema = z.object({
  ...common,
  kind: z.literal('silence'),
  afterS: seconds(1, 86_400).nullable().default(null),
});

/** A battery that runs down, in percent: low at two samples an hour apart (a cold night alone means nothing). */
export const batteryRuleSchema = z
  .object({
    ...watchesLevel,
    kind: z.literal('battery'),
    lowPercent: z.number().min(5).max(50).default(20),
    veryLowPercent: z.number().min(1).max(50).default(10),
    clearAbovePercent: z.number().min(6).max(100).default(30),
    confirmS: seconds(0, 86_400).default(3600),
    /** A life safety device tells this long before it ends, at the pace of the last weeks (EN 50291: 30 days). */
    noticeDays: z.number().min(0).max(365).default(30),
  })
  .refine(rule => rule.veryLowPercent <= rule.lowPercent && rule.lowPercent < rule.clearAbovePercent, {
    path: ['lowPercent'],
    message: 'lies between veryLowPercent and clearAbovePercent, or the alarm would flap',
  });

/** The device says that it is out of order. */
export const faultRuleSchema = z.object({ ...watchesBit, kind: z.literal('fault') });

/** The device warms up and does not protect yet. */
export const warmUpRuleSchema = z.object({ ...watchesBit, kind: z.literal('warm-up') });

/** The sensor is too old, by its own bit or by its age since it was made; nobody but a new device ends that. */
export const endOfLifeRuleSchema = z
  .object({
    ...common,
    kind: z.literal('end-of-life'),
    bit: readingName.optional(),
    afterMonths: z.number().min(1).max(240).optional(),
  })
  .refine(rule => rule.bit !== undefined || rule.afterMonths !== undefined, {
    path: ['afterMonths'],
    message: 'takes a number of months, unless there is a bit',
  });

/** Values that cannot be: outside the reading's range, jumping, or the very same for a day. */
export const implausibleRuleSchema = z.object({
  ...watchesLevel,
  kind: z.literal('implausible'),
  /** In the reading's unit; null: it may jump. */
  mostPerS: z.number().positive().nullable().default(null),
  /** For raw values, which are never quite still; null: it may stand still. */
  stuckAfterS: seconds(3600, 30 * 86_400)
    .nullable()
    .default(86_400),
});

/** A device whose clock is off; nothing that it measures is dated by it as long as it is ahead. */
export const clockRuleSchema = z.object({
  ...common,
  kind: z.literal('clock'),
  /** What is sent is this late anyway, now and then (practice: 5 min). */
  offByS: seconds(60, 3600).default(300),
});

export const ruleSchema = z.discriminatedUnion('kind', [
  gasRuleSchema,
  coRuleSchema,
  smokeRuleSchema,
  waterRuleSchema,
  co2RuleSchema,
  leftOpenRuleSchema,
  intrusionRuleSchema,
  tamperRuleSchema,
  motionRuleSchema,
  silenceRuleSchema,
  batteryRuleSchema,
  faultRuleSchema,
  warmUpRuleSchema,
  endOfLifeRuleSchema,
  implausibleRuleSchema,
  clockRuleSchema,
]);

export type Rule = z.infer<typeof ruleSchema>;
export type RuleKind = Rule['kind'];
export type RuleOf<K extends RuleKind> = Extract<Rule, { kind: K }>;

/** The reading or bit that a rule is about; null: none. */
export function watchedBy(rule: Rule): string | null {
  if ('reading' in rule) return rule.reading;
  return 'bit' in rule ? (rule.bit ?? null) : null;
}

function isSteeper(point: z.infer<typeof coPoint>, before: z.infer<typeof coPoint> | undefined): boolean {
  return before === undefined || (point.ppm > before.ppm && point.afterS < before.afterS);
}
