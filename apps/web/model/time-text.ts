// Times as people say them: "5 seconds ago", "14:03", "21 Nov, 14:03".
import type { Locale } from '#codecs/api';

const steps = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', Number.POSITIVE_INFINITY],
] as const;

export function agoText(at: number, now: number, locale: Locale): string {
  let amount = Math.max(0, Math.round((now - at) / 1000));
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, perNext] of steps) {
    if (amount < perNext) return format.format(-amount, unit);
    amount = Math.floor(amount / perNext);
  }
  return '';
}

/** When something ends or becomes due: nobody waits for its second. */
export function untilText(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** The time of day, with the date when it is not today's. */
export function clockText(at: number, now: number, locale: Locale): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(locale, {
    ...(sameDay ? {} : { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}
