// For how long an alarm may be kept quiet, by its class, and until when one is.
import type { AlarmClass, AlarmView } from '#codecs/api';

/** In minutes; the longest of each is the most that the gateway takes. */
export const shelfChoices: Readonly<Record<AlarmClass, readonly [number, ...number[]]>> = {
  L: [10, 5],
  S: [60, 10, 480, 1440],
  T: [1440, 60, 480, 10_080],
  I: [1440, 60, 480, 10_080],
};

/** What takes an alarm off its shelf. */
const unshelving: readonly string[] = ['worse', 'back', 'cleared'];

/** Null: it is not shelved. */
export function shelvedUntil({ timeline }: Pick<AlarmView, 'timeline'>, now: number): number | null {
  const last = timeline.findLast(({ what }) => what === 'shelved' || unshelving.includes(what));
  return last?.until !== undefined && last.until > now ? last.until : null;
}
