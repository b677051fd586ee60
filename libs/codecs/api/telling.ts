// How a person wants to be told, and what became of what could not be delivered, as HTTP shows and takes it.
import { z } from 'zod';
import { timeZone } from './account.js';
import { channelKindSchema } from './channel.js';
import { alarmClassSchema } from './rule.js';
import { identifier, timeMs } from './text.js';

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 22:30');

export const preferencesSchema = z
  .object({
    /**
     * By class, the channels in their order; a class that is left out has the usual one. A channel that is left out of
     * its class is not used for it, but for L: there it comes last, because life safety cannot be turned off.
     */
    channels: z.partialRecord(alarmClassSchema, z.array(channelKindSchema).max(10)).default({}),
    /** Technical and informative messages wait until its end and come as one; over midnight when `to` is before `from`. */
    quiet: z.object({ from: wallTime, to: wallTime, timeZone }).nullable().default(null),
    /** Technical and informative messages come once a day as one. */
    digest: z.object({ at: wallTime, timeZone }).nullable().default(null),
  })
  .meta({ id: 'Preferences' });
export type NoticePreferences = z.output<typeof preferencesSchema>;

/** What was refused or given up. */
export const deadNoticeSchema = z
  .object({
    id: z.string(),
    subjectId: identifier,
    accountId: identifier,
    channel: channelKindSchema,
    class: alarmClassSchema,
    state: z.enum(['refused', 'dead']),
    attempts: z.int(),
    detail: z.string().nullable(),
    at: timeMs.nullable(),
  })
  .meta({ id: 'DeadNotice' });
export type DeadNoticeView = z.infer<typeof deadNoticeSchema>;

/** Null: all of them. */
export const replayRequestSchema = z
  .object({ ids: z.array(z.string().max(200)).max(1_000).nullable() })
  .meta({ id: 'ReplayRequest' });
export const replayedSchema = z.object({ replayed: z.int() }).meta({ id: 'Replayed' });
