// Small pieces that several schemas share: texts in two languages, times, identifiers, and the problem document.
import { z } from 'zod';
import { type ErrorCode, errorCodes } from './errors.js';

/** A text that people read, in every language that we speak. */
export const textSchema = z.object({ zh: z.string().min(1).max(400), en: z.string().min(1).max(400) });
export type Text = z.infer<typeof textSchema>;

export const localeSchema = z.enum(['zh', 'en']);
export type Locale = z.infer<typeof localeSchema>;

/** Milliseconds since the epoch. */
export const timeMs = z.int().min(0);

export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'takes a–z, 0–9 and hyphens');
export const identifier = z.string().min(1).max(64);

/** RFC 9457 problem document; `code` is the stable part. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().optional(),
    /** One entry a field at fault, with what it takes. */
    faults: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    retryAfterS: z.int().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

export const doneSchema = z.object({ done: z.literal(true) }).meta({ id: 'Done' });
