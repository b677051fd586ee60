// What a device is told, one schema a topic kind.
import { z } from 'zod';
import { instantMs } from './stamp.js';
import { upwardKinds } from './topic.js';

/** Something to do. `epoch` lets a device refuse what an earlier owner asked; `untilMs` ends its validity. */
export const commandSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  epoch: z.int().min(0),
  until: instantMs.optional(),
});

/** What an application publishes on a device's `command` topic; the gateway adds the rest. */
export const applicationCommandSchema = z.object({
  id: commandSchema.shape.id.optional(),
  name: commandSchema.shape.name,
  args: commandSchema.shape.args,
});

/** Sent when the device subscribes, never retained: `now` is the gateway's time at that moment. */
export const configSchema = z.object({
  now: instantMs,
  epoch: z.int().min(0),
  intervalS: z.int().min(1).max(86_400),
});

/** Retained. Whether the device has an owner; never who, and no secret. */
export const bindingSchema = z.object({
  state: z.enum(['unbound', 'bound', 'locked', 'retired']),
  epoch: z.int().min(0),
});

/** Why a message was not taken. It was acknowledged and is kept as a dead letter: do not send it again. */
export const gatewayReplySchema = z.object({
  about: z.enum(upwardKinds),
  boot: z.int().optional(),
  seq: z.int().optional(),
  error: z.object({ code: z.enum(['malformed', 'too-large']), detail: z.string() }),
});

export type Command = z.infer<typeof commandSchema>;
export type DeviceConfig = z.infer<typeof configSchema>;
export type BindingNotice = z.infer<typeof bindingSchema>;
export type GatewayReply = z.infer<typeof gatewayReplySchema>;
