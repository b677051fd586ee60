// How a person wants to be told: the order of their channels, when they want quiet, and what may wait for one message a day.
import type { AlarmClass, ChannelKind, NoticePreferences } from '#codecs/api';
import { minuteOfDay, nextAtMinute } from '#domain/clock';

/** Channels that are tried together, rank by rank. */
export type ChannelOrder = readonly (readonly ChannelKind[])[];

export const usualPreferences: NoticePreferences = { channels: {}, quiet: null, digest: null };

/** What rings in a pocket comes first, and a webhook with it: a machine that listens is not waited for. */
const usualOrder: ChannelOrder = [['web-push', 'ntfy', 'webhook'], ['wecom'], ['mail']];

/** Life safety and security wait for nothing. */
const mayWait: Readonly<Record<AlarmClass, boolean>> = { L: false, S: false, T: true, I: true };

/**
 * A channel that a person has left out is not used, except for life safety: there it comes last, because that cannot
 * be turned off.
 */
export function orderFor({ channels }: NoticePreferences, of: AlarmClass): ChannelOrder {
  const wanted = channels[of];
  if (wanted === undefined) return usualOrder;
  const own = wanted.map(kind => [kind]);
  if (of !== 'L') return own;
  return [...own, ...usualOrder.map(rank => rank.filter(kind => !wanted.includes(kind)))];
}

/** When what may wait is told: the end of the quiet hours, the hour of the digest, or now (null). */
export function waitsUntil({ quiet, digest }: NoticePreferences, of: AlarmClass, now: number): number | null {
  if (!mayWait[of]) return null;
  if (digest !== null) return nextAtMinute(now, minuteOf(digest.at), digest.timeZone);
  if (quiet === null) return null;
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  const minute = minuteOfDay(now, quiet.timeZone);
  const isQuiet = from <= to ? from <= minute && minute < to : from <= minute || minute < to;
  return isQuiet ? nextAtMinute(now, to, quiet.timeZone) : null;
}

/** @param time `HH:MM` */
function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
