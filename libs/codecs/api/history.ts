// What a device measured and did over time: readings in buckets, and events one by one.
import { z } from 'zod';
import { readingName } from '#codecs/wire';
import { timeMs } from './text.js';

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `15m`, `1h`, `30d`. @returns milliseconds, or null for what is no duration */
export function durationMs(text: string): number | null {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return count === undefined ? null : Number(count) * unitsMs[unit as keyof typeof unitsMs];
}

/** The narrowest bucket, of which every other is a multiple. */
export const finestBucketMs = 10_000;
export const mostBuckets = 2_000;
export const mostEvents = 1_000;

const bucketWidth = z.string().refine(text => {
  const widthMs = durationMs(text);
  return widthMs !== null && widthMs > 0 && widthMs % finestBucketMs === 0;
}, 'takes a whole number of 10 seconds, such as 10s, 15m, 1h or 1d');

/** In an address numbers are text. */
const instant = z.coerce.number().pipe(timeMs);

/** `from` is inside of the range and `to` is not. */
const range = { from: instant, to: instant };
const isForward = ({ from, to }: { from: number; to: number }) => from < to;
const forward = { path: ['to'], message: 'takes a time after from' };

export const historyQuerySchema = z
  .object({ reading: readingName, ...range, bucket: bucketWidth })
  .refine(isForward, forward);
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

export const bucketSchema = z
  .object({ at: timeMs, min: z.number(), max: z.number(), mean: z.number(), count: z.int().min(1) })
  .meta({ id: 'Bucket' });

/** Buckets are whole: the range begins and ends with one. Those in which nothing was measured are left out. */
export const historySchema = z
  .object({
    reading: readingName,
    unit: z.string(),
    from: timeMs,
    to: timeMs,
    bucketMs: z.int(),
    /** Since when buckets of this width are kept; what lies before is gone or going. */
    keptSince: timeMs,
    buckets: z.array(bucketSchema),
  })
  .meta({ id: 'History' });
export type HistoryView = z.infer<typeof historySchema>;

export const eventsQuerySchema = z.object(range).refine(isForward, forward);
export type EventsQuery = z.infer<typeof eventsQuerySchema>;

/** Changes of bits (`on` is what it was from then on) and what the device reported (`on` is null). */
export const deviceEventsSchema = z
  .object({
    from: timeMs,
    to: timeMs,
    keptSince: timeMs,
    /** Newest first, 1 000 at most. */
    events: z.array(z.object({ at: timeMs, name: z.string(), on: z.boolean().nullable() })),
    /** Whether there are older ones in the range: ask again with `to` at the time of the last. */
    more: z.boolean(),
  })
  .meta({ id: 'DeviceEvents' });
export type DeviceEventsView = z.infer<typeof deviceEventsSchema>;
