// Whether a reading rises or falls, as far as its figures on screen show it.
import { numberText } from './reading.js';

export type Trend = 'rising' | 'falling' | 'steady';

/** Two values that are shown alike have not changed for whoever looks at them. */
export function trendOf(before: number, now: number): Trend {
  if (numberText(before, 'en') === numberText(now, 'en')) return 'steady';
  return now > before ? 'rising' : 'falling';
}
