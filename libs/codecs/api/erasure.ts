// What a device recorded while it was somebody's: the times that are over, their erasure, and the certificate of it.
import { z } from 'zod';
import { textSchema, timeMs } from './text.js';

/** What becomes of it when its owner gives the device away. */
export const partingQuerySchema = z.object({ history: z.enum(['keep', 'erase']).default('keep') });
export type PartingChoice = z.output<typeof partingQuerySchema>;

/** What is erased; each is counted in the certificate. */
export const erasedKindSchema = z.enum([
  'measurements',
  'events',
  'inputs',
  'alarms',
  'notices',
  'receipts',
  'pictures',
  'states',
  'figures',
  'deadLetters',
]);
export type ErasedKind = z.infer<typeof erasedKindSchema>;
export const erasedKinds: readonly ErasedKind[] = erasedKindSchema.options;

export const erasedCountsSchema = z.record(erasedKindSchema, z.int().min(0));
export type ErasedCounts = z.infer<typeof erasedCountsSchema>;

/** Times as ISO 8601 in UTC, for whoever reads it without us. */
export const erasureCertificateSchema = z
  .strictObject({
    format: z.literal(1),
    gateway: z.string(),
    device: z.strictObject({ id: z.string(), serial: z.string() }),
    epoch: z.int(),
    /** In which the device was the person's. */
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    /** The account's id. */
    askedBy: z.string(),
    askedAt: z.iso.datetime(),
    erasedAt: z.iso.datetime(),
    erased: erasedCountsSchema,
    /** What is not covered, in words. */
    remains: z.strictObject({ zh: z.string(), en: z.string() }),
    keyId: z.int(),
    /** Ed25519 over the rest in canonical form (RFC 8785), base64. */
    signature: z.string(),
  })
  .meta({ id: 'ErasureCertificate' });
export type ErasureCertificate = z.infer<typeof erasureCertificateSchema>;

/** `certificate` stands as soon as `erasedAt` does. */
export const erasureSchema = z
  .object({
    askedAt: timeMs,
    erasedAt: timeMs.nullable(),
    certificate: erasureCertificateSchema.nullable(),
  })
  .meta({ id: 'Erasure' });
export type ErasureView = z.infer<typeof erasureSchema>;

/** A time in which a device was the caller's, and that is over. */
export const pastSchema = z
  .object({
    /** `DEVICE.EPOCH`. */
    id: z.string(),
    deviceId: z.string(),
    serial: z.string(),
    product: textSchema,
    epoch: z.int(),
    from: timeMs,
    to: timeMs,
    erasure: erasureSchema.nullable(),
  })
  .meta({ id: 'Past' });
export type PastView = z.infer<typeof pastSchema>;

export const certificateKeySchema = z
  .object({ keyId: z.int(), publicKey: z.string() })
  .meta({ id: 'CertificateKey' });
