// Telemetry of the usual form, told by hand: what every sensor says all the time need not go through a whole schema.
import { lastInstantMs, longestName, mostEntries, mostUint32, namePattern } from './stamp.js';
import type { Telemetry } from './upward.js';

type Fields = Readonly<Record<string, unknown>>;

const fields: ReadonlySet<string> = new Set(['boot', 'seq', 'at', 'values', 'bits']);

/**
 * True only for what the schema takes as it is. False is no verdict: the schema then decides, and says what is wrong.
 * @param value as JSON.parse gives it
 */
export function isUsualTelemetry(value: unknown): value is Telemetry {
  if (!isObject(value)) return false;
  for (const name in value) if (!fields.has(name)) return false;
  const { boot, seq, at, values, bits = {} } = value;
  return (
    isWhole(boot, mostUint32) &&
    isWhole(seq, mostUint32) &&
    (at === undefined || isWhole(at, lastInstantMs)) &&
    isObject(values) &&
    isObject(bits) &&
    holds(values, Number.isFinite) &&
    holds(bits, bit => typeof bit === 'boolean') &&
    !(isEmpty(values) && isEmpty(bits))
  );
}

function holds(record: Fields, isRight: (value: unknown) => boolean): boolean {
  let entries = 0;
  for (const name in record) {
    entries += 1;
    if (entries > mostEntries || name.length > longestName) return false;
    if (!namePattern.test(name) || !isRight(record[name])) return false;
  }
  return true;
}

function isEmpty(record: Fields): boolean {
  for (const _ in record) return false;
  return true;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWhole = (value: unknown, most: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
