// The dose in closed form, written without the rule: a sum of what each stretch added, faded by the clean air after it.
import type { Verdict } from './engine.js';
import { intervalS, type Sample } from './profile.js';

const sightMin = (2 * intervalS) / 60;
const halfLifeMin = 240;
/** A level that stands exactly as long as it takes: the last bit of a sum decides nothing. */
export const rounding = 1e-9;

interface Stretch {
  readonly fromMin: number;
  readonly lengthMin: number;
  readonly ppm: number;
}

export function closedFormOn(course: readonly Sample[]): Verdict {
  const twiceMin = secondOfTwo(course);
  /** Each share that was added, weighed as if clean air could be undone; so that the dose at any time is one division. */
  let weighed = 0;
  let cleanMin = 0;
  for (const { fromMin, lengthMin, ppm } of stretchesOf(course)) {
    if (twiceMin !== null && fromMin >= twiceMin) break;
    if (ppm < 30) {
      cleanMin += lengthMin;
      continue;
    }
    const perMin = 1 / minutesToAlarm(ppm);
    const share = weighed * 2 ** (-cleanMin / halfLifeMin);
    const fullAfter = (1 - share) / perMin;
    if (fullAfter <= lengthMin + rounding)
      return alarm(Math.min(fromMin + fullAfter, twiceMin ?? Number.POSITIVE_INFINITY));
    weighed += lengthMin * perMin * 2 ** (cleanMin / halfLifeMin);
  }
  if (twiceMin !== null) return alarm(twiceMin);
  return { alarmAt: null, share: weighed * 2 ** (-cleanMin / halfLifeMin) };
}

/** A power law between each two points: exponents and factors worked out by hand from (50, 75), (100, 25), (300, 2). */
export function minutesToAlarm(ppm: number): number {
  if (ppm < 50) return Number.POSITIVE_INFINITY;
  if (ppm <= 100) return 75 * Math.exp(-Math.log2(ppm / 50) * Math.log(3));
  return Math.exp(Math.log(25) - (Math.log(12.5) * (Math.log(ppm) - Math.log(100))) / Math.log(3));
}

/** What each sample covers: until the next, and not further than it can be trusted. */
export function stretchesOf(course: readonly Sample[]): Stretch[] {
  return course.slice(0, -1).map(({ at, ppm }, i) => {
    const next = course[i + 1]?.at ?? at;
    return { fromMin: at / 60_000, lengthMin: Math.min((next - at) / 60_000, sightMin), ppm };
  });
}

/** Of two neighbours at or over 600 ppm within 20 seconds. */
export function secondOfTwo(course: readonly Sample[]): number | null {
  const second = course.find(({ at, ppm }, i) => {
    const first = course[i - 1];
    return first !== undefined && first.ppm >= 600 && ppm >= 600 && at - first.at <= 20_000;
  });
  return second === undefined ? null : second.at / 60_000;
}

function alarm(atMin: number): Verdict {
  return { alarmAt: atMin * 60_000, share: 1 };
}
