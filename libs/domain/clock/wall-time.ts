// Wall time: what the clock on a wall shows in a time zone, daylight saving included.

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment as the clocks of a zone show it, written as if it were UTC: so days and minutes can be counted. */
function shown(at: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (at % 1000);
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Minutes since midnight by the clocks of a zone. */
export function minuteOfDay(at: number, timeZone: string): number {
  return Math.floor((shown(at, timeZone) % dayMs) / minuteMs);
}

/**
 * The next moment, after `at`, at which the clocks of a zone show this minute of the day. An hour that is skipped in
 * spring comes when the clocks have jumped; of an hour that comes twice in autumn the first counts.
 * @param minute since midnight
 * @param timeZone IANA name
 */
export function nextAtMinute(at: number, minute: number, timeZone: string): number {
  const here = shown(at, timeZone);
  const midnight = here - (((here % dayMs) + dayMs) % dayMs);
  for (let day = 0; ; day++) {
    const moment = momentOf(midnight + day * dayMs + minute * minuteMs, timeZone);
    if (moment > at) return moment;
  }
}

/** The moment at which a zone shows this. Its offset a day before and after are the only two that it can have. */
function momentOf(wall: number, timeZone: string): number {
  const offsets = [-dayMs, dayMs].map(away => shown(wall + away, timeZone) - (wall + away));
  const moments = offsets.map(offset => wall - offset);
  const real = moments.filter(moment => shown(moment, timeZone) === wall);
  // Skipped: by the offset before the jump it comes out after it.
  return real.length > 0 ? Math.min(...real) : Math.max(...moments);
}
