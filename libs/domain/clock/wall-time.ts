// Wall time: what the clocks of a time zone show, and when they show it, over days of 23 and of 25 hours.

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A day of the calendar, counted from 1970-01-01, which was a Thursday; and the minutes since its midnight. */
export interface WallTime {
  readonly day: number;
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-u-ca-iso8601-hc-h23', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

/** What clocks in the zone show, as if it were UTC. */
function shownMs(at: number, timeZone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How far clocks in the zone are ahead of UTC. */
function aheadMs(at: number, timeZone: string): number {
  const wholeSecond = at - (((at % 1000) + 1000) % 1000);
  return shownMs(wholeSecond, timeZone) - wholeSecond;
}

export function wallTimeAt(at: number, timeZone: string): WallTime {
  const shown = shownMs(at, timeZone);
  const day = Math.floor(shown / dayMs);
  return { day, minute: Math.floor((shown - day * dayMs) / minuteMs) };
}

/** Minutes since midnight by the clocks of a zone. */
export function minuteOfDay(at: number, timeZone: string): number {
  return wallTimeAt(at, timeZone).minute;
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/**
 * The first moment at which the clocks show this time or a later one. What they show twice, when they are set back, is
 * the first of the two; what they leave out, when they are set forward, is the moment at which they are set.
 */
export function momentOf({ day, minute }: WallTime, timeZone: string): number {
  const shown = day * dayMs + minute * minuteMs;
  const before = aheadMs(shown - dayMs, timeZone);
  const after = aheadMs(shown + dayMs, timeZone);
  const early = shown - Math.max(before, after);
  const late = shown - Math.min(before, after);
  if (shownMs(early, timeZone) >= shown) return early;
  return firstAfter(early, late, at => shownMs(at, timeZone) >= shown);
}

/**
 * The next moment, after `at`, at which the clocks of a zone show this minute of the day, or have just left it out.
 * @param minute since midnight
 * @param timeZone IANA name
 */
export function nextAtMinute(at: number, minute: number, timeZone: string): number {
  for (let { day } = wallTimeAt(at, timeZone); ; day++) {
    const moment = momentOf({ day, minute }, timeZone);
    if (moment > at) return moment;
  }
}

/** @param isSo false at `from`, true at `to` and ever after; to the second */
function firstAfter(from: number, to: number, isSo: (at: number) => boolean): number {
  let [no, yes] = [from, to];
  while (yes - no > 1000) {
    const middle = no + Math.floor((yes - no) / 2000) * 1000;
    if (isSo(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
