// The order of severities.
import { type Severity, severitySchema } from '#codecs/api';

export const severityEnum = severitySchema;

/** The graver of two; `emergency` is the gravest. */
export function worse(a: Severity, b: Severity): Severity {
  return isWorse(b, a) ? b : a;
}

export function isWorse(a: Severity, than: Severity): boolean {
  return severitySchema.options.indexOf(a) < severitySchema.options.indexOf(than);
}
