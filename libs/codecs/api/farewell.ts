// The end of an account: what is asked for, how far it has come, and the certificate of what was removed.
import { z } from 'zod';
import { erasureCertificateSchema } from './erasure.js';
import { identifier, timeMs } from './text.js';

/** The password once more; left out by who has none, and signed in by a link a moment ago. */
export const farewellRequestSchema = z
  .object({ password: z.string().max(200).optional() })
  .meta({ id: 'FarewellRequest' });

/** What goes beside what the devices recorded, which has certificates of its own. */
export const removedKindSchema = z.enum([
  'sessions',
  'homes',
  'contacts',
  'endpoints',
  'shares',
  'invitations',
  'requests',
  'notices',
  'receipts',
]);
export type RemovedKind = z.infer<typeof removedKindSchema>;
export const removedKinds: readonly RemovedKind[] = removedKindSchema.options;
export const removedCountsSchema = z.record(removedKindSchema, z.int().min(0));
export type RemovedCounts = z.infer<typeof removedCountsSchema>;

/** It names nobody: the account's id is all that is left of it. Times as ISO 8601 in UTC. */
export const farewellCertificateSchema = z
  .strictObject({
    format: z.literal(1),
    gateway: z.string(),
    account: identifier,
    askedAt: z.iso.datetime(),
    removedAt: z.iso.datetime(),
    removed: removedCountsSchema,
    /** Of what each device recorded, each signed by itself. */
    erasures: z.array(erasureCertificateSchema),
    /** What is not covered, in words. */
    remains: z.strictObject({ zh: z.string(), en: z.string() }),
    keyId: z.int(),
    /** Ed25519 over the rest in canonical form (RFC 8785), base64. */
    signature: z.string(),
  })
  .meta({ id: 'FarewellCertificate' });
export type FarewellCertificate = z.infer<typeof farewellCertificateSchema>;

/** Nobody can sign in any more: by this link the certificate is fetched, until it is forgotten. */
export const farewellLinkSchema = z
  .object({ url: z.url(), token: z.string(), keptUntil: timeMs })
  .meta({ id: 'FarewellLink' });

export const farewellSchema = z
  .object({ askedAt: timeMs, keptUntil: timeMs, certificate: farewellCertificateSchema.nullable() })
  .meta({ id: 'Farewell' });
export type FarewellView = z.infer<typeof farewellSchema>;
