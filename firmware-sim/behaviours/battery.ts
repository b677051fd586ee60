// A battery that drains while time passes.

/** @param lifeDays how long a full battery lasts. */
export function drained(percent: number, dtS: number, lifeDays: number): number {
  return Math.max(0, percent - (100 * dtS) / (lifeDays * 86_400));
}
