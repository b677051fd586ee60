// The weekly plan of a home's modes, and the modes that it has had.
import { z } from 'zod';
import { homeModeSchema } from './account.js';
import { timeMs } from './text.js';

/** Of a week, Monday is 1. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export const modeSwitchSchema = z
  .object({
    days: z
      .array(z.int().min(1).max(7))
      .min(1)
      .refine(days => new Set(days).size === days.length, 'names a day twice'),
    /** By the clocks of the home. */
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'takes a time such as 22:30'),
    mode: homeModeSchema,
  })
  .meta({ id: 'ModeSwitch' });
export type ModeSwitch = z.infer<typeof modeSwitchSchema>;

/** An empty plan changes nothing by itself. */
export const modePlanSchema = z
  .object({
    switches: z.array(modeSwitchSchema).max(50).refine(areApart, 'two of them are at the same time'),
  })
  .meta({ id: 'ModePlan' });
export type ModePlanRequest = z.infer<typeof modePlanSchema>;

export const modePlanViewSchema = z
  .object({
    switches: z.array(modeSwitchSchema),
    /** What the plan does next; null: nothing. */
    next: z.object({ at: timeMs, mode: homeModeSchema }).nullable(),
    /** When the plan was set, and by whom; null: never. */
    setAt: timeMs.nullable(),
    setBy: z.string().nullable(),
    /** The newest first. `by` is null for a change by the plan. */
    changes: z.array(z.object({ since: timeMs, mode: homeModeSchema, by: z.string().nullable() })),
  })
  .meta({ id: 'ModePlanView' });
export type ModePlanView = z.infer<typeof modePlanViewSchema>;

function areApart(switches: readonly { days: readonly number[]; at: string }[]): boolean {
  const moments = switches.flatMap(({ days, at }) => days.map(day => `${day} ${at}`));
  return new Set(moments).size === moments.length;
}
