// What an alarm's device reports now of that which raised the alarm.
import { type DeviceDetailView, type Locale, watchedBy } from '#codecs/api';
import { type Line, linesOf } from './reading.js';

export interface PresentReading {
  readonly line: Line;
  readonly at: number;
  /** Null for a bit, which is one or the other and has no height. */
  readonly value: number | null;
}

/** Null when the alarm is not about a reading, or the device has never reported it. */
export function presentReading(
  { latest, productPage: product }: Pick<DeviceDetailView, 'latest' | 'productPage'>,
  ruleId: string,
  locale: Locale,
): PresentReading | null {
  const rule = product.rules.find(candidate => candidate.id === ruleId);
  const name = rule ? watchedBy(rule) : null;
  const line = linesOf(latest, product, locale).find(candidate => candidate.name === name);
  return latest && line ? { line, at: latest.at, value: latest.values[line.name] ?? null } : null;
}
