// Alarms, notices, channels and the live stream, as HTTP shows and takes them.
import { z } from 'zod';
import { deviceSchema } from './device.js';
import { standingSchema } from './rights.js';
import { alarmClassSchema, ruleSchema, severitySchema } from './rule.js';
import { identifier, slug, textSchema, timeMs } from './text.js';

/** `latched`: the cause is gone, and the alarm waits for a person to reset it. */
export const alarmStateSchema = z.enum(['raised', 'acknowledged', 'latched', 'cleared']);
export type AlarmState = z.infer<typeof alarmStateSchema>;

export const alarmSchema = z
  .object({
    id: identifier,
    deviceId: identifier,
    deviceName: z.string(),
    /** Id of the product's rule that raised it. */
    rule: slug,
    kind: z.string() as z.ZodType<z.infer<typeof ruleSchema>['kind']>,
    class: alarmClassSchema,
    severity: severitySchema,
    state: alarmStateSchema,
    /** Raised by the device's test button: nothing has happened. */
    isDrill: z.boolean(),
    title: textSchema,
    /** What to do now, by the kind of danger. */
    advice: textSchema,
    value: z.number().nullable(),
    unit: z.string().nullable(),
    raisedAt: timeMs,
    occurredAt: timeMs,
    acknowledgedAt: timeMs.nullable(),
    acknowledgedBy: z.string().nullable(),
    calmAt: timeMs.nullable(),
    clearedAt: timeMs.nullable(),
    /** How the caller stands to its device. */
    standing: standingSchema,
    endReason: z.enum(['over', 'reset', 'ownership-changed', 'disarmed']).nullable(),
    timeline: z.array(
      z.object({
        at: timeMs,
        what: z.string(),
        by: z.string().nullable(),
        /** What a person said to it. */
        text: z.string().optional(),
        /** Of what holds for a while, such as `shelved`. */
        until: timeMs.optional(),
        /** Of `escalated`: 1 people's next channels, 2 the contacts of the home, 3 everything that is left. */
        stage: z.int().optional(),
      }),
    ),
  })
  .meta({ id: 'Alarm' });
export type AlarmView = z.infer<typeof alarmSchema>;

/** Remarks and shelves together that people put on one alarm. */
export const mostRemarks = 100;

/** At most 10 minutes for class L, a day for S, a week for the others. */
export const shelfSchema = z
  .object({ minutes: z.int().min(1).max(10_080), why: z.string().trim().min(1).max(500).optional() })
  .meta({ id: 'Shelf' });
export const remarkSchema = z.object({ text: z.string().trim().min(1).max(500) }).meta({ id: 'Remark' });

const episodeSchema = z.object({
  since: timeMs,
  severity: severitySchema,
  value: z.number().nullable(),
  /** When it was found, and when it was over; null: it lasts. */
  from: timeMs,
  until: timeMs.nullable(),
});
export const ruleTrialRequestSchema = z.object({ rule: ruleSchema }).meta({ id: 'RuleTrialRequest' });
/** What a changed rule would have found in the newest messages of a device, beside what the rule as it is finds. */
export const ruleTrialSchema = z
  .object({
    messages: z.int(),
    /** When the oldest of them came; null: there are none. */
    from: timeMs.nullable(),
    same: z.array(episodeSchema),
    changed: z.array(z.object({ before: episodeSchema, after: episodeSchema })),
    lost: z.array(episodeSchema),
    gained: z.array(episodeSchema),
  })
  .meta({ id: 'RuleTrial' });
export type RuleTrialView = z.infer<typeof ruleTrialSchema>;

/** `told` is the only step of what is no alarm. */
export const noticeStepSchema = z.enum(['raised', 'repeat', 'acknowledged', 'calm', 'cleared', 'told']);
export type NoticeStep = z.infer<typeof noticeStepSchema>;

/** What a person has to know of a device though nothing is alarmed. */
export const matterSchema = z.enum([
  'reset-at-device',
  'credential-contested',
  'transferred',
  'force-released',
  'found',
  'recovery-asked',
  'recovery-vetoed',
  'recovered',
]);
export type Matter = z.infer<typeof matterSchema>;

export const noticeSchema = z
  .object({
    id: identifier,
    /** Rises by one for each notice to this person; resume the stream after it. */
    counter: z.int(),
    about: z.enum(['alarm', ...matterSchema.options]),
    /** Null when it is about something else than an alarm. */
    alarmId: identifier.nullable(),
    deviceId: identifier,
    step: noticeStepSchema,
    class: alarmClassSchema,
    severity: severitySchema,
    title: textSchema,
    body: textSchema,
    /** When the packet that caused it arrived. */
    receivedAt: timeMs,
    createdAt: timeMs,
  })
  .meta({ id: 'Notice' });
export type NoticeView = z.infer<typeof noticeSchema>;

export const readMarkSchema = z.object({ upTo: z.int().min(0) }).meta({ id: 'ReadMark' });
export const unreadSchema = z
  .object({
    /** The counter of the last notice that was read. */
    readUpTo: z.int(),
    /** How many came after it. */
    unread: z.int(),
  })
  .meta({ id: 'Unread' });
export type UnreadView = z.infer<typeof unreadSchema>;

export const webhookRequestSchema = z
  .object({ url: z.url({ protocol: /^https?$/ }).max(500) })
  .meta({ id: 'WebhookRequest' });
export const webhookSchema = z
  .object({
    id: identifier,
    url: z.string(),
    createdAt: timeMs,
    /** Shown once, at creation: the key of the signature. */
    secret: z.string().optional(),
    lastReceipt: z.object({ at: timeMs, outcome: z.string() }).nullable(),
  })
  .meta({ id: 'Webhook' });
export type WebhookView = z.infer<typeof webhookSchema>;

/** Server-sent events of `GET /events`: the event's name is the key, its data the schema. */
export const liveEvents = {
  /** Has the notice's counter as event id. */
  notice: noticeSchema,
  alarm: alarmSchema,
  device: deviceSchema,
  /** The person lost or gained a device: fetch the list again. */
  devices: z.object({}),
  /** How the person is reached, or a contact of theirs, has changed: fetch the lists again. */
  endpoints: z.object({}),
  /** Something was read, on whichever page. */
  unread: unreadSchema,
  /** What a page asked for, to see whether it hears and how long it takes. */
  echo: z.object({ id: identifier }),
  /** A possession window opened at a device whose ticket this person has scanned. */
  window: z.object({ deviceId: identifier, until: timeMs }),
} as const;

export const receiptSchema = z
  .object({
    channel: z.string(),
    step: noticeStepSchema,
    attempts: z.int(),
    /** `held`: it waits for its turn, which comes when nobody acknowledges or a channel before it fails. */
    state: z.enum(['held', 'due', 'accepted', 'refused', 'dead', 'cancelled']),
    detail: z.string().nullable(),
    at: timeMs,
    /** Of the app: when the person opened it. */
    seenAt: timeMs.nullable(),
    /** Which endpoint; null for the app. */
    endpointId: identifier.nullable(),
    /** Whose endpoint it is, when it is a contact's. */
    contactId: identifier.nullable(),
    /** Each attempt that ended, oldest first. */
    tries: z.array(
      z.object({
        at: timeMs,
        tookMs: z.int(),
        outcome: z.enum(['accepted', 'retry', 'refused']),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'Receipt' });
export type ReceiptView = z.infer<typeof receiptSchema>;

/** What an operator watches. */
export const gatewayStatusSchema = z
  .object({
    version: z.string(),
    startedAt: timeMs,
    storage: z.enum(['sqlite', 'postgres']),
    connections: z.int(),
    counters: z.record(z.string(), z.int()),
    /** How it is at this moment; what it has done since the start is in the counters. */
    now: z.object({
      sessions: z.int(),
      /** Messages that were taken in and are neither stored nor refused yet. */
      unanswered: z.int(),
      /** Inputs that wait for the batch after the one under way. */
      intakeWaiting: z.int(),
      isStoreDown: z.boolean(),
      /** Null when the store does not say. */
      deliveriesDue: z.int().nullable(),
      deliveriesUnderWay: z.int(),
      /** The longest since the start. */
      eventLoopBlockMs: z.int(),
    }),
    /** When the gateway itself was away, the newest first. */
    absences: z.array(z.object({ from: timeMs, until: timeMs })),
    deadLetters: z.array(
      z.object({ at: timeMs, deviceId: z.string(), kind: z.string(), reason: z.string(), bytes: z.int() }),
    ),
  })
  .meta({ id: 'GatewayStatus' });

export const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    checks: z.record(z.string(), z.enum(['ok', 'failed'])),
    /** What failed, in a sentence. */
    reason: z.string().optional(),
  })
  .meta({ id: 'Health' });
