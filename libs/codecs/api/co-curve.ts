// The time to an alarm of carbon monoxide at a constant level, interpolated between the points of a profile.
import type { CoPoint } from './region.js';

/**
 * Seconds to the alarm at a level; straight lines on logarithmic scales, the last one going on beyond the last point.
 * @param points rising in ppm, at least two
 * @returns Infinity below the first point
 */
export function coTimeS(points: readonly CoPoint[], ppm: number): number {
  const [first] = points;
  if (first === undefined || ppm < first.ppm) return Number.POSITIVE_INFINITY;
  const next = points.findIndex((point, i) => i > 0 && ppm <= point.ppm);
  const upper = next === -1 ? points.length - 1 : next;
  const [from, to] = [points[upper - 1], points[upper]];
  if (from === undefined || to === undefined) return first.afterS;
  const slope = Math.log(to.afterS / from.afterS) / Math.log(to.ppm / from.ppm);
  return from.afterS * (ppm / from.ppm) ** slope;
}
