// The stamp on every message that counts: which run of the firmware, which message of that run, when.
import { z } from 'zod';

export const mostUint32 = 0xffff_ffff;
const uint32 = z.int().min(0).max(mostUint32);

/** The last instant that a Date can hold. */
export const lastInstantMs = 8_640_000_000_000_000;

/** Milliseconds since 1970-01-01T00:00:00Z, as an integer. */
export const instantMs = z.int().min(0).max(lastInstantMs);

/**
 * `boot` names one run of the firmware: a counter kept in flash, or 32 random bits drawn at start.
 * `seq` counts the messages of that run; a message sent again keeps both, so that it counts once.
 * `at` is the device's own time; without it the time of receipt stands.
 */
export const stampShape = {
  boot: uint32,
  seq: uint32,
  at: instantMs.optional(),
};

export const stampSchema = z.object(stampShape);
export type Stamp = z.infer<typeof stampSchema>;

export const longestName = 48;
export const namePattern = /^[a-z][a-z0-9]*(\.[a-z][a-z0-9]*)*$/;

/** Dotted lower-case name with its unit in it where it has one: `gas.lel`, `co.ppm`, `door.open`. */
export const readingName = z
  .string()
  .max(longestName)
  .regex(namePattern, 'is not a reading name such as co.ppm');

export const mostEntries = 32;
const atMost = <T>(record: Record<string, T>) => Object.keys(record).length <= mostEntries;

export const valuesSchema = z
  .record(readingName, z.number())
  .refine(atMost, `holds more than ${mostEntries} values`);

export const bitsSchema = z
  .record(readingName, z.boolean())
  .refine(atMost, `holds more than ${mostEntries} bits`);
