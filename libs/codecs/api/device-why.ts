// "Why is there no alarm at all?": what each rule of a device makes of the last readings, and who would be told.
import { z } from 'zod';
import { channelKindSchema, endpointStateSchema } from './channel.js';
import { alarmClassSchema, ruleSchema } from './rule.js';
import { identifier, timeMs } from './text.js';
import { absenceSchema } from './why.js';

/**
 * How a rule stands: its alarm is open, or waits for a person; it becomes one if nothing changes; its home is not armed;
 * what it watches was never said, or so long ago that nothing is concluded from it; or all is calm.
 */
export const ruleStandingSchema = z.enum([
  'raised',
  'latched',
  'pending',
  'disarmed',
  'unseen',
  'blind',
  'calm',
]);
export type RuleStanding = z.infer<typeof ruleStandingSchema>;

const channelWaySchema = z.object({
  channel: channelKindSchema,
  state: endpointStateSchema,
  /** Null: nothing of this class goes there, by its person's wish or because it was never confirmed. */
  turn: z.int().nullable(),
});

export const deviceWhySchema = z
  .object({
    deviceId: identifier,
    name: z.string(),
    at: timeMs,
    lastHeardAt: timeMs.nullable(),
    intervalS: z.int(),
    /** It is heard, and has said nothing new since then: so many messages, each of which was known already. Null: it is not so. */
    repeats: z.object({ since: timeMs, messages: z.int() }).nullable(),
    /** The last readings are older than this: nothing is concluded from them any more. */
    blindAt: timeMs.nullable(),
    /** Of the last day. */
    away: z.array(absenceSchema),
    rules: z.array(
      z.object({
        /** With the figures that hold for this device. */
        rule: ruleSchema,
        stands: ruleStandingSchema,
        /** The last value of its reading, or its bit. */
        value: z.union([z.number(), z.boolean()]).nullable(),
        /** How much of the dose to an alarm is used up, from 0 to 1; null: it counts no dose. */
        dose: z.number().nullable(),
        /** When it becomes an alarm, or calm, if nothing changes. */
        dueAt: timeMs.nullable(),
        alarm: z
          .object({
            id: identifier,
            raisedAt: timeMs,
            /** The alarm that explains it, so that it is told to nobody. */
            suppressedBy: z.string().nullable(),
            shelvedUntil: timeMs.nullable(),
          })
          .nullable(),
      }),
    ),
    /** Of which the gravest alarm of this device is. */
    class: alarmClassSchema,
    people: z.array(
      z.object({
        name: z.string(),
        /** Told when nobody of the home answers. */
        isContact: z.boolean(),
        /** Till then what may wait, which is class T and I, is not told. */
        waitsUntil: timeMs.nullable(),
        /** In the order of their turns; null: not for whoever asks to see. */
        channels: z.array(channelWaySchema).nullable(),
      }),
    ),
  })
  .meta({ id: 'DeviceWhy' });
export type DeviceWhyView = z.infer<typeof deviceWhySchema>;
