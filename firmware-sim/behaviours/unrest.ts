// The small unrest of every real reading, so that no sensor looks stuck.

/** Within ±1, smooth, the same for the same age and seed. */
export function unrest(ageS: number, seed: number): number {
  const phase = (seed % 1000) / 1000;
  return 0.6 * Math.sin(ageS / 11 + phase * 6.28) + 0.4 * Math.sin(ageS / 3.7 + phase * 17);
}

/** Rounded as a device's display would show it. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
