// Stored rule states come back as JSON: a schema reads them, and what does not fit starts anew.
import { z } from 'zod';

export function reviver<S>(schema: z.ZodType<S>, initial: S): (stored: unknown) => S {
  return stored => {
    const read = schema.safeParse(stored);
    return read.success ? read.data : initial;
  };
}

export const instant = z.number().nullable();
