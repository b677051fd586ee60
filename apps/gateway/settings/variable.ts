// One setting: its variable, what it takes, what stands for it when it is unset, and what it means.
import type { z } from 'zod';
import { wholeNumber } from './text-schemas.js';

/** `usual` is the text that stands for an unset variable; null means that the gateway finds out by itself, as `meaning` says. */
export function variable<S extends z.ZodType, U extends string | null>(
  name: string,
  schema: S,
  usual: U,
  meaning: string,
) {
  return { name, schema, usual, meaning };
}

export const limit = (name: string, usual: number, meaning: string) =>
  variable(name, wholeNumber(1, 1_000_000_000), String(usual), meaning);
