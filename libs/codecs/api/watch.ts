// The live trace of one device, for an operator who looks at it: what it sent, what was decided, how it ended.
import { z } from 'zod';
import { timeMs } from './text.js';

const at = timeMs;

/** Server-sent events of `GET /devices/{deviceId}/watch`: each is named `trace`. No payload and no secret ever stands in one. */
export const traceSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('login'), at, isGranted: z.boolean(), address: z.string() }),
  z.object({
    what: z.literal('packet'),
    at,
    topic: z.string(),
    qos: z.int(),
    bytes: z.int(),
    retain: z.boolean(),
    /** Its sender says that it may have come before. */
    dup: z.boolean(),
  }),
  /** What the intake made of a message. `known`: it was there already. */
  z.object({
    what: z.literal('decision'),
    at,
    outcome: z.enum(['stored', 'known', 'malformed', 'condemned']),
    kind: z.string(),
    /** What is wrong with it. */
    detail: z.string().optional(),
  }),
  z.object({
    what: z.literal('alarm'),
    at,
    alarmId: z.string(),
    rule: z.string(),
    step: z.string(),
    value: z.number().nullable(),
  }),
  /** How the packet ended: `stored` and `malformed` are acknowledged, `forbidden` and `unavailable` close the connection. */
  z.object({ what: z.literal('answer'), at, topic: z.string(), verdict: z.string(), afterMs: z.number() }),
  /** The broker refused something of the device's, or ends its connection, for this reason. */
  z.object({ what: z.literal('refusal'), at, reason: z.string() }),
  z.object({ what: z.literal('gone'), at, leftWill: z.boolean() }),
]);
export type Trace = z.infer<typeof traceSchema>;
