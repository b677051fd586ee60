// Presence: whether a device speaks as often as it declared, by the gateway's own time.
import type { PresenceView } from '#codecs/api';

/** A message may be late by this many intervals before its device counts as offline. */
const patienceIntervals = 2.5;

/**
 * What the gateway heard decides; connections and last wills are hints that do not enter.
 * @param listeningSince when this gateway began to listen: until a whole patience has passed since then, nobody is
 *   called offline, because it was the gateway that was away.
 */
export function presenceOf(
  lastHeardAt: number | null,
  intervalS: number,
  listeningSince: number,
  now: number,
): PresenceView {
  if (lastHeardAt === null) return { state: 'waiting', lastHeardAt };
  const patienceMs = patienceIntervals * intervalS * 1000;
  // Heard in what is the future now, since the clock was set back: it has spoken before the gateway began anew.
  const heardAt = lastHeardAt > now ? listeningSince : lastHeardAt;
  if (now - heardAt < patienceMs) return { state: 'online', lastHeardAt };
  return { state: now - listeningSince < patienceMs ? 'unknown' : 'offline', lastHeardAt };
}

/** When an online device will be called offline unless it speaks. */
export function offlineAt(lastHeardAt: number, intervalS: number, listeningSince: number): number {
  return Math.max(lastHeardAt, listeningSince) + patienceIntervals * intervalS * 1000;
}
