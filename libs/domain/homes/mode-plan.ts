// The weekly plan of a home: which mode it brings next, which it brought last, and which mode held at a moment.
import type { HomeMode, ModeSwitch } from '#codecs/api';
import { momentOf, wallTimeAt, weekdayOf } from '#domain/clock';

export interface ModePlan {
  readonly homeId: string;
  readonly switches: readonly ModeSwitch[];
  /** When it was set: what it would have done before is not done. */
  readonly setAt: number;
  readonly setBy: string | null;
}

/** A mode and since when it holds. */
export interface ModeSpan {
  readonly since: number;
  readonly mode: HomeMode;
  /** What held before. */
  readonly former: HomeMode;
}

export interface ModeChangeRow extends ModeSpan {
  readonly homeId: string;
  /** The account that changed it; null: the plan did. */
  readonly by: string | null;
}

export interface Switched {
  readonly at: number;
  readonly mode: HomeMode;
}

/** A week, and a day for what lies on the other side of the date line. */
const mostDays = 8;
const dayMs = 24 * 60 * 60_000;

/** The first switch of the plan after a moment; null: it has none. */
export function nextSwitch(
  switches: readonly ModeSwitch[],
  timeZone: string,
  after: number,
): Switched | null {
  const today = wallTimeAt(after, timeZone).day;
  for (let day = today - 1; day <= today + mostDays; day++) {
    const next = switchesOn(switches, timeZone, day).find(({ at }) => at > after);
    if (next) return next;
  }
  return null;
}

/** The last switch of the plan at or before a moment; null: it has none. */
export function lastSwitch(switches: readonly ModeSwitch[], timeZone: string, at: number): Switched | null {
  const today = wallTimeAt(at, timeZone).day;
  for (let day = today + 1; day >= today - mostDays; day--) {
    const last = switchesOn(switches, timeZone, day).findLast(each => each.at <= at);
    if (last) return last;
  }
  return null;
}

/** In the order of the clocks: of two that a change of the clocks brings to one moment, the later one counts. */
function switchesOn(switches: readonly ModeSwitch[], timeZone: string, day: number): Switched[] {
  return switches
    .filter(({ days }) => days.includes(weekdayOf(day)))
    .map(({ at, mode }) => ({ minute: minuteOf(at), mode }))
    .sort((a, b) => a.minute - b.minute)
    .map(({ minute, mode }) => ({ at: momentOf({ day, minute }, timeZone), mode }));
}

function minuteOf(at: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  return hours * 60 + minutes;
}

/**
 * What the plan should have done by now and nobody has, since it was set and since a person changed the mode: each with
 * its own time, because what comes to be known late is judged by the mode that held then.
 */
export function missedSwitches(
  { switches, setAt }: Pick<ModePlan, 'switches' | 'setAt'>,
  { timeZone, mode, modeSince }: { timeZone: string; mode: HomeMode; modeSince: number },
  now: number,
): Switched[] {
  const missed: Switched[] = [];
  // A plan says in a week all that it has to say.
  const since = Math.max(setAt, modeSince, now - mostDays * dayMs);
  for (let next = nextSwitch(switches, timeZone, since); next !== null && next.at <= now; ) {
    const due = lastSwitch(switches, timeZone, next.at) ?? next;
    if (due.mode !== (missed.at(-1)?.mode ?? mode)) missed.push(due);
    next = nextSwitch(switches, timeZone, due.at);
  }
  return missed;
}

/**
 * Which mode held at a moment, and since when.
 * @param spans changes of the past, in the order of time, ending with the present mode
 */
export function modeAt(
  present: { readonly mode: HomeMode; readonly modeSince: number },
  spans: readonly ModeSpan[],
  at: number,
): { readonly mode: HomeMode; readonly modeSince: number } {
  if (at >= present.modeSince) return present;
  const span = spans.findLast(({ since }) => since <= at);
  if (span) return { mode: span.mode, modeSince: span.since };
  const [first] = spans;
  return { mode: first?.former ?? present.mode, modeSince: 0 };
}
