// Batches: devices that are made in slices, and credentials that leave slice by slice, once.
import { z } from 'zod';
import { identifier, slug, timeMs } from './text.js';

/** Devices that one call makes at most; a batch has as many calls as it needs. */
export const devicesACall = 1_000;
/** Serial numbers and MAC addresses that one call names at most: they fit into its body. */
export const unitsACall = 250;
/** Credentials that one call hands out at most. */
export const credentialsACall = 2_000;
export const largestBatch = 1_000_000;

/** A number would be taken for a batch's id. */
export const batchName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'takes a letter, then a–z, 0–9 and hyphens, 63 at most');

/** Printed on labels and typed by people, so no more than what every keyboard and printer has. */
export const serialNumber = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9 ._:/#+-]{0,38}[A-Za-z0-9])?$/, {
  error: 'takes 1 to 40 letters, digits, blanks and . _ : / # + -',
});

/** Six bytes in lower case with colons, however they were written. */
export const macAddress = z
  .string()
  .regex(/^[0-9a-f]{2}(?:[:-]?[0-9a-f]{2}){5}$/i, 'takes the six bytes of a MAC address')
  .transform(text =>
    text
      .toLowerCase()
      .replace(/[:-]/g, '')
      .replace(/..(?=.)/g, '$&:'),
  );

/** What the maker's own list says of one device; a device without a serial number gets one. */
export const unitSchema = z.object({ serial: serialNumber.optional(), mac: macAddress.optional() });
export type Unit = z.output<typeof unitSchema>;
const units = z.array(unitSchema).min(1).max(unitsACall);

export const batchRequestSchema = z
  .object({
    product: slug,
    count: z.int().min(1).max(devicesACall),
    /** Id of the hub that will publish for them. */
    parent: slug.optional(),
  })
  .meta({ id: 'BatchRequest' });

export const batchPlanSchema = z
  .object({
    product: slug,
    count: z.int().min(1).max(largestBatch),
    parent: slug.optional(),
    /** SHA-256, hex, of the list that its units come from, so that it is continued with no other. */
    unitsHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .meta({ id: 'BatchPlan' });

export const batchSliceSchema = z
  .object({
    /** How many devices the caller knows to be made; a slice that was made already is not made again. */
    after: z.int().min(0),
    /** For a batch that is not made from a list. */
    count: z.int().min(1).max(devicesACall).optional(),
    units: units.optional(),
  })
  .meta({ id: 'BatchSlice' });

export const unitCheckSchema = z.object({ units }).meta({ id: 'UnitCheck' });
export const takenUnitsSchema = z
  .object({ taken: z.array(z.object({ index: z.int(), field: z.enum(['serial', 'mac']) })) })
  .meta({ id: 'TakenUnits' });

const receipt = z.string().max(64);

export const credentialRequestSchema = z
  .object({
    /** How many of the batch's credentials the caller holds, durably. */
    after: z.int().min(0),
    /** The receipt that came with the last of them; null: it holds none. */
    receipt: receipt.nullable(),
    count: z.int().min(1).max(credentialsACall).default(credentialsACall),
    /** Begin again: whatever was handed out before is void. */
    again: z.boolean().default(false),
  })
  .meta({ id: 'CredentialRequest' });

/** Leaves the gateway once: of the secret only a hash stays behind. */
export const madeDeviceSchema = z
  .object({
    id: identifier,
    product: slug,
    serial: z.string(),
    mac: z.string().optional(),
    secret: z.string(),
    ticket: z.string(),
    url: z.string(),
    /** Only for products whose policy is `pin`. */
    pin: z.string().optional(),
  })
  .meta({ id: 'MadeDevice' });
export type MadeDevice = z.infer<typeof madeDeviceSchema>;

export const batchSchema = z
  .object({
    id: z.int(),
    /** Null for one that was made at once. */
    name: z.string().nullable(),
    product: slug,
    count: z.int(),
    /** How many of them are made. */
    made: z.int(),
    /** How many of their credentials the maker holds. */
    exported: z.int(),
    createdAt: timeMs,
    /** Since then no credential of it leaves any more. */
    confirmedAt: timeMs.nullable(),
  })
  .meta({ id: 'Batch' });
export type BatchView = z.infer<typeof batchSchema>;

export const madeBatchSchema = z
  .object({ batch: batchSchema, devices: z.array(madeDeviceSchema) })
  .meta({ id: 'MadeBatch' });

export const credentialSliceSchema = z
  .object({ batch: batchSchema, devices: z.array(madeDeviceSchema), receipt: receipt.nullable() })
  .meta({ id: 'CredentialSlice' });
export type CredentialSlice = z.infer<typeof credentialSliceSchema>;

export const numberRangeSchema = z
  .object({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(devicesACall).default(devicesACall),
  })
  .meta({ id: 'NumberRange' });

/** What stands on a label; nothing of it is secret. */
export const labelledDeviceSchema = z
  .object({
    number: z.int(),
    id: identifier,
    product: slug,
    serial: z.string(),
    mac: z.string().optional(),
    ticket: z.string(),
    spoken: z.string(),
    url: z.string(),
  })
  .meta({ id: 'LabelledDevice' });
export type LabelledDevice = z.infer<typeof labelledDeviceSchema>;

/** For the label inside the box: whoever reads it can bind the device. */
export const devicePinSchema = z
  .object({ number: z.int(), id: identifier, product: slug, serial: z.string(), pin: z.string() })
  .meta({ id: 'DevicePin' });
export type DevicePin = z.infer<typeof devicePinSchema>;

export const reprintSchema = z
  .object({
    /** Of the label that is good from now on. */
    generation: z.int(),
    ticket: z.string(),
    spoken: z.string(),
    url: z.string(),
  })
  .meta({ id: 'Reprint' });
