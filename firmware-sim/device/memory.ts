// What a device keeps in its flash, and what it must therefore write before it acts on it.
import { z } from 'zod';
import { bindingSchema } from '#codecs/wire';
import { storedMessageSchema } from './outbox.js';

export const wifiSchema = z.object({ ssid: z.string(), password: z.string() });
/** An access point's name and password, as text in UTF-8. */
export type Wifi = z.infer<typeof wifiSchema>;

export const memorySchema = z.object({
  wifi: wifiSchema.nullable(),
  /** How often the firmware was started. */
  boot: z.int().min(0),
  /** What the gateway last said about the owner. */
  binding: bindingSchema.nullable(),
  /** The highest ownership epoch that was heard of, for the device and each child by id. */
  epochs: z.record(z.string(), z.int().min(0)),
  outbox: z.array(storedMessageSchema),
  /** What the gateway gave it in the place of the secret that it was made with. */
  secret: z.string().nullable().default(null),
});
export type Memory = z.infer<typeof memorySchema>;

export function blankMemory(): Memory {
  return { wifi: null, boot: 0, binding: null, epochs: {}, outbox: [], secret: null };
}
