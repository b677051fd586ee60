// The dose of carbon monoxide: the share of the time to an alarm that is used up, held, or fading.
import { type CoPoint, coProfiles, coTimeS, coWarning } from '#codecs/api';
import type { RuleOf, Scene } from './rule-logic.js';

/** From 0 to 1, which is the alarm; `fullAt` is when it became 1, while it still is. */
export interface Dose {
  readonly share: number;
  readonly fullAt: number | null;
}

export const noDose: Dose = { share: 0, fullAt: null };

/** The blood loses half of it in about 4 hours of clean air; one low sample is no absolution. */
const halfLifeMs = 4 * 60 * 60_000;
/** Twenty half-lives: what is left is noise. */
const negligible = 1e-6;

/** The curve of the alarm: the rule's own, or its region's. */
export function alarmPoints(rule: RuleOf<'co'>, scene: Pick<Scene, 'region'>): readonly CoPoint[] {
  return rule.points ?? coProfiles[scene.region].points;
}

/** The curve of the warning goes on below that of the alarm. */
export function warningPoints(points: readonly CoPoint[]): readonly CoPoint[] {
  const [first] = points;
  return first === undefined || first.ppm <= coWarning.ppm ? points : [coWarning, ...points];
}

/** When a level that stands makes the dose full; Infinity: never. */
export function fullAt(dose: Dose, points: readonly CoPoint[], ppm: number, from: number): number {
  if (dose.fullAt !== null) return dose.fullAt;
  // What rounding adds up to over a day is less than a microsecond, and must not cost a millisecond.
  return from + Math.ceil((1 - dose.share) * coTimeS(points, ppm) * 1000 - 0.001);
}

/** The dose after a level has stood for a while: it grows on the curve, holds below it, and fades under 30 ppm. */
export function doseAfter(
  before: Dose,
  points: readonly CoPoint[],
  ppm: number,
  from: number,
  to: number,
): Dose {
  if (to <= from) return before;
  if (ppm < coWarning.ppm) return fadeFor(before, to - from);
  const timeMs = coTimeS(points, ppm) * 1000;
  if (timeMs === Number.POSITIVE_INFINITY || before.fullAt !== null) return before;
  const full = fullAt(before, points, ppm, from);
  return full <= to
    ? { share: 1, fullAt: full }
    : { share: before.share + (to - from) / timeMs, fullAt: null };
}

function fadeFor({ share }: Dose, ms: number): Dose {
  const left = share * 2 ** (-ms / halfLifeMs);
  return left < negligible ? noDose : { share: left, fullAt: null };
}
