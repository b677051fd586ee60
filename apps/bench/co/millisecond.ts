// The dose millisecond by millisecond, as slow and simple as it can be.
import { minutesToAlarm, rounding, secondOfTwo, stretchesOf } from './closed-form.js';
import type { Verdict } from './engine.js';
import type { Sample } from './profile.js';

const fadePerMs = 0.5 ** (1 / (240 * 60_000));

export function millisecondsOn(course: readonly Sample[]): Verdict {
  const twice = secondOfTwo(course);
  const twiceAt = twice === null ? Number.POSITIVE_INFINITY : Math.round(twice * 60_000);
  let share = 0;
  for (const { fromMin, lengthMin, ppm } of stretchesOf(course)) {
    const from = Math.round(fromMin * 60_000);
    if (from >= twiceAt) break;
    const length = Math.round(lengthMin * 60_000);
    const perMs = ppm < 30 ? 0 : 1 / (minutesToAlarm(ppm) * 60_000);
    const left = ppm < 30 ? fadePerMs : 1;
    for (let passed = 1; passed <= length; passed++) {
      share = share * left + perMs;
      if (share >= 1 - rounding) return { alarmAt: Math.min(from + passed, twiceAt), share: 1 };
    }
  }
  return twice === null ? { alarmAt: null, share } : { alarmAt: twiceAt, share: 1 };
}
