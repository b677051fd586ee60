// "Why did I (not) get this?": an alarm from the packet to the receipt, with what kept a message back.
import { z } from 'zod';
import { alarmSchema, noticeStepSchema, receiptSchema } from './alarm.js';
import { ruleSchema } from './rule.js';
import { identifier, textSchema, timeMs } from './text.js';

/** Why nothing came, or why it came late; each with what explains it. */
export const whyNotSchema = z.enum([
  'explained-by-another',
  'shelved',
  'waits-for-its-hour',
  'not-its-turn',
  'channel-failed',
  'channel-unproven',
  'channel-unconfirmed',
  'only-this-page',
  'nobody-told',
  'came-late',
  'gateway-was-away',
]);
export type WhyNot = z.infer<typeof whyNotSchema>;

export const absenceSchema = z.object({ from: timeMs, until: timeMs }).meta({ id: 'Absence' });
export type AbsenceView = z.infer<typeof absenceSchema>;

export const whySchema = z
  .object({
    alarm: alarmSchema,
    /** Whose messages these are. */
    person: z.object({ id: identifier, name: z.string() }),
    /** What the device said; null: the passing of time raised it, or it is too long ago. */
    packet: z
      .object({
        kind: z.string(),
        receivedAt: timeMs,
        /** When it was measured, and by whose clock. */
        at: timeMs,
        clock: z.enum(['device', 'gateway']),
        boot: z.int().nullable(),
        seq: z.int().nullable(),
        body: z.unknown(),
      })
      .nullable(),
    /** With the figures that held when it was raised; null: they were not written down. */
    rule: ruleSchema.nullable(),
    notices: z.array(z.object({ step: noticeStepSchema, at: timeMs, title: textSchema })),
    receipts: z.array(receiptSchema),
    reasons: z.array(
      z.object({
        why: whyNotSchema,
        at: timeMs.nullable(),
        until: timeMs.nullable(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Why' });
export type WhyView = z.infer<typeof whySchema>;
