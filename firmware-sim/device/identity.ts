// Who a simulated device is: what its maker wrote into it at the factory.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { deviceIdPattern } from '#codecs/wire';
import { kinds } from '../behaviours/index.js';

const childShape = {
  id: z.string().regex(deviceIdPattern, 'is not a device id (a–z, 0–9 and hyphen, at most 63)'),
  kind: z.enum(kinds),
  name: z.string().min(1).max(80),
};

const macSchema = z
  .string()
  .regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'is not a MAC address such as 02:00:5e:10:00:01');

/** A device without a connection of its own: its hub speaks for it. */
export const childIdentitySchema = z.object(childShape);
export type ChildIdentity = z.infer<typeof childIdentitySchema>;

export const identitySchema = z.object({
  ...childShape,
  /** The credential: the password of its MQTT connection. */
  secret: z.string().min(1),
  /** A client certificate and its key as PEM, shown over TLS in the place of the secret. */
  certificate: z.string().optional(),
  privateKey: z.string().optional(),
  mac: macSchema.optional(),
  product: z.string().optional(),
  serial: z.string().optional(),
  /** From the second label inside the box. */
  pin: z.string().optional(),
  /** Printed on it; it names the device and authorises nothing. */
  ticket: z.string().optional(),
  url: z.string().optional(),
  /** Only a hub has them. */
  children: z.array(childIdentitySchema).optional(),
});
export type Identity = z.infer<typeof identitySchema>;

/** The given address, or one made from the id, locally administered. */
export function macOf({ id, mac }: Pick<Identity, 'id' | 'mac'>): string {
  if (mac) return mac;
  const bytes = createHash('sha256').update(id).digest().subarray(0, 5);
  return ['02', ...[...bytes].map(byte => byte.toString(16).padStart(2, '0'))].join(':');
}

export function macBytes(mac: string): Uint8Array {
  return Uint8Array.from(mac.split(':'), pair => Number.parseInt(pair, 16));
}
