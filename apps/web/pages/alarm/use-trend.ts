// How a reading has moved since the one before it, as long as the page stays open.
import { useState } from 'react';
import type { PresentReading } from '../../model/present-reading.js';
import { type Trend, trendOf } from '../../model/trend.js';

type Sample = Pick<PresentReading, 'at' | 'value'>;

/** Null until a second value has come. */
export function useTrend({ at, value }: Sample): Trend | null {
  const [{ last, before }, setSamples] = useState<{ last: Sample; before: Sample | null }>({
    last: { at, value },
    before: null,
  });
  // A device is told of for other reasons too: only a later measurement moves the pair on.
  if (at > last.at) setSamples({ last: { at, value }, before: last });
  const from = before?.value ?? null;
  return from === null || last.value === null ? null : trendOf(from, last.value);
}
