// What people and other alarms do to an alarm without ending it: shelving, remarks, and being explained by another.
import { type AlarmClass, mostRemarks, type Rule } from '#codecs/api';
import type { Alarm, AlarmEvent, TimelineEntry } from './alarm.js';
import { chainEnded, chainFrom } from './chain.js';
import type { AlarmChange } from './life-cycle.js';
import { firstRepeatAt } from './repeats.js';

const minuteMs = 60_000;

/** Nobody mutes a danger to life for longer than it takes to look. */
const longestShelfMs: Record<AlarmClass, number> = {
  L: 10 * minuteMs,
  S: 24 * 60 * minuteMs,
  T: 7 * 24 * 60 * minuteMs,
  I: 7 * 24 * 60 * minuteMs,
};

/** What takes an alarm off its shelf: it is graver, or back, or over. */
const unshelving: readonly AlarmEvent[] = ['worse', 'back', 'cleared'];

export interface Deed {
  readonly by: string;
  readonly at: number;
  /** Why, in the person's own words. */
  readonly text?: string | undefined;
}

export function mostShelfMs(alarm: Pick<Alarm, 'class'>): number {
  return longestShelfMs[alarm.class];
}

/**
 * No repeats until a moment; the condition goes on, and what is graver is told all the same.
 * @returns null when it is over, or longer than its class allows
 */
export function shelve(alarm: Alarm, until: number, { by, at, text }: Deed): AlarmChange | null {
  if (alarm.clearedAt !== null || until <= at || until - at > mostShelfMs(alarm)) return null;
  const notBefore = (due: number | null) => (due === null ? null : Math.max(due, until));
  return note(
    { ...alarm, repeatAt: notBefore(alarm.repeatAt), escalateAt: notBefore(alarm.escalateAt) },
    { at, what: 'shelved', by, until, ...(text !== undefined && { text }) },
  );
}

/** What people wrote into its story has an end, so that nobody makes it too long to be read and stored. */
export function hasRoomForMore({ timeline }: Pick<Alarm, 'timeline'>): boolean {
  return timeline.filter(({ what }) => what === 'shelved' || what === 'commented').length < mostRemarks;
}

/** Until when an alarm is shelved; null: it is not. */
export function shelvedUntil({ timeline }: Pick<Alarm, 'timeline'>, at: number): number | null {
  const last = timeline.findLast(({ what }) => what === 'shelved' || unshelving.includes(what));
  return last?.until !== undefined && last.until > at ? last.until : null;
}

export function comment(alarm: Alarm, { by, at, text = '' }: Deed): AlarmChange | null {
  return text === '' ? null : note(alarm, { at, what: 'commented', by, text });
}

/** Its device stands in another home now, and other people hear of it. */
export function moved(alarm: Alarm, { by, at }: Pick<Deed, 'by' | 'at'>): AlarmChange {
  return note(alarm, { at, what: 'moved', by });
}

/**
 * An alarm that another one explains, such as the silence of a device behind a silent hub, is told to nobody.
 * @param safetyClass of the device: nothing of a life safety device is ever suppressed
 * @returns null when it may not be, or is already
 */
export function suppress(
  alarm: Alarm,
  by: Pick<Alarm, 'id'>,
  safetyClass: AlarmClass,
  at: number,
): AlarmChange | null {
  const mayBe = alarm.class !== 'L' && safetyClass !== 'L' && alarm.clearedAt === null;
  if (!mayBe || (suppressedBy(alarm) !== null && alarm.repeatAt === null)) return null;
  return note({ ...alarm, repeatAt: null, ...chainEnded }, { at, what: 'suppressed', by: null, text: by.id });
}

/** Id of the alarm that explains this one; null: none does. */
export function suppressedBy({ timeline }: Pick<Alarm, 'timeline'>): string | null {
  const last = timeline.findLast(({ what }) => what === 'suppressed' || what === 'released');
  return last?.what === 'suppressed' ? (last.text ?? null) : null;
}

/**
 * What explained it is over, as when a hub is back: until a moment it may still end by itself, and is told to nobody.
 * @returns null when nothing explained it, or it waits already
 */
export function awaitWord(alarm: Alarm, at: number, until: number): AlarmChange | null {
  if (suppressedBy(alarm) === null || alarm.clearedAt !== null || alarm.repeatAt !== null) return null;
  return note({ ...alarm, repeatAt: until }, { at, what: 'awaited', by: null, until });
}

/** Whether nobody has ever been told of it: it was explained by another one from the beginning. */
export function isUntold({ timeline }: Pick<Alarm, 'timeline'>): boolean {
  const [raised, next] = timeline;
  if (next?.what !== 'suppressed' || next.at !== raised?.at) return false;
  return !timeline.some(({ what }) => what === 'released' || what === 'worse' || what === 'back');
}

/** What explained it is over, and it is not: now people are told. */
export function release(alarm: Alarm, rule: Rule, at: number): AlarmChange | null {
  if (suppressedBy(alarm) === null || alarm.clearedAt !== null) return null;
  const isSeen = alarm.acknowledgedAt !== null;
  const repeatAt = isSeen ? null : firstRepeatAt(rule, alarm.class, at);
  const chain = isSeen ? chainEnded : chainFrom(alarm.class, at);
  return note({ ...alarm, repeatAt, ...chain }, { at, what: 'released', by: null });
}

function note(alarm: Alarm, entry: TimelineEntry): AlarmChange {
  return { alarm: { ...alarm, timeline: [...alarm.timeline, entry] }, step: entry.what };
}
