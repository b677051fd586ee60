// How long a device waits before it tries its gateway again.

export interface BackoffLimits {
  readonly firstMs: number;
  readonly mostMs: number;
}

export const usualBackoff: BackoffLimits = { firstMs: 500, mostMs: 60_000 };

/**
 * Doubles with every attempt up to the cap; the upper half of it is left to chance, so that a thousand devices
 * do not return to a restarted gateway in the same second.
 * @param attempt how many have failed since the last success, from 0.
 * @param luck a draw in [0, 1).
 */
export function backoffMs(attempt: number, luck: number, limits: BackoffLimits = usualBackoff): number {
  const ceiling = Math.min(limits.mostMs, limits.firstMs * 2 ** attempt);
  return Math.round(ceiling * (0.5 + 0.5 * luck));
}
