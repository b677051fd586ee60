// Which clock counts for a message: the device's own while it is plausible, else the time of receipt.
import type { Readings } from '#domain/alarms';

const longestDelayMs = 24 * 60 * 60_000;

/**
 * A device's time is taken when it lies between the last one taken and the receipt, and not a day behind; so time
 * never runs backwards, and a wrong clock can delay no alarm.
 */
export function deviceTime(
  at: number | undefined,
  receivedAt: number,
  notBefore: number | null,
): { readonly at: number; readonly clock: 'device' | 'gateway' } {
  const isPlausible =
    at !== undefined && at <= receivedAt && at >= (notBefore ?? 0) && receivedAt - at <= longestDelayMs;
  return isPlausible ? { at, clock: 'device' } : { at: receivedAt, clock: 'gateway' };
}

/** How a device's clock stood to the gateway's when it was heard; undefined when it gave no time. */
export function claimedBy(at: number | undefined, receivedAt: number): Readings['claimed'] {
  return at === undefined ? undefined : { heardAt: receivedAt, lagMs: receivedAt - at };
}
