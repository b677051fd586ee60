// What a device says, one schema a topic kind (the snapshot, which carries bytes, has a file of its own).
import { z } from 'zod';
import { bitsSchema, instantMs, readingName, stampShape, valuesSchema } from './stamp.js';

/** Readings of one moment. `values` are numbers in the unit of their name, `bits` are states. */
export const telemetrySchema = z
  .object({ ...stampShape, values: valuesSchema, bits: bitsSchema.optional() })
  .refine(m => Object.keys(m.values).length + Object.keys(m.bits ?? {}).length > 0, 'carries no reading');

/** Events that the gateway acts upon; any other name is kept in the log and shown. */
export const knownEvents = ['button', 'reset', 'test', 'provisioned', 'motion'] as const;
export type KnownEvent = (typeof knownEvents)[number];

/**
 * Something that happened once. `button`: an action at the device that opens a possession window;
 * `reset`: held long, gives the device up; `test`: the test button, raises a drill;
 * `provisioned`: carries the nonce that the AirKiss sender handed over (32 hex digits).
 */
export const eventSchema = z.object({
  ...stampShape,
  event: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'is not an event name such as button'),
  nonce: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  values: valuesSchema.optional(),
  bits: bitsSchema.optional(),
});

/** Retained, and the last will with `online: false`. A hint: presence is the gateway's own record. */
export const statusSchema = z.object({
  online: z.boolean(),
  boot: stampShape.boot,
  at: instantMs.optional(),
});

/** Retained, sent at every connection: what the device is and how often it speaks. */
export const infoSchema = z.object({
  boot: stampShape.boot,
  firmware: z.string().min(1).max(64),
  power: z.enum(['mains', 'battery']),
  intervalS: z.int().min(1).max(86_400),
  capabilities: z.array(readingName).max(32),
  /** The ownership epoch that the device was last told. */
  epoch: z.int().min(0),
  mac: z
    .string()
    .regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/)
    .optional(),
});

/** The answer to a command, told apart by the command's id. */
export const deviceReplySchema = z.object({
  id: z.string().min(1).max(64),
  ok: z.boolean(),
  error: z.object({ code: z.string().max(64), detail: z.string().max(256) }).optional(),
  values: valuesSchema.optional(),
});

export type Telemetry = z.infer<typeof telemetrySchema>;
export type DeviceEvent = z.infer<typeof eventSchema>;
export type DeviceStatus = z.infer<typeof statusSchema>;
export type DeviceInfo = z.infer<typeof infoSchema>;
export type DeviceReply = z.infer<typeof deviceReplySchema>;
