// Where a notice can go, in order: which endpoints at once, and which at each stage of an escalation.
import type { AlarmClass, NoticePreferences } from '#codecs/api';
import { stages } from '#domain/alarms';
import { type Endpoint, takes } from './endpoint.js';
import { orderFor, usualPreferences } from './preferences.js';
import type { ContactReach, Recipient } from './recipient.js';

/** One endpoint in its place. */
export interface Reach {
  readonly endpoint: Endpoint;
  /** Whose it is; null: the person's own. */
  readonly contactId: string | null;
  /** The place of its channel in the person's order; when one fails, the next is told at once. */
  readonly rank: number;
  /** At which stage of the alarm's escalation it is told in any case. */
  readonly stage: number;
}

/** A person's own endpoints: the first channel, the next after half a minute, and the others with all that is left. */
export function reachOf({ endpoints, preferences }: Recipient, of: AlarmClass): Reach[] {
  return inOrder(endpoints, preferences, of, [0, stages.next], null);
}

/** A contact's: reached when nobody of the home has answered. */
export function reachOfContact({ contactId, endpoints }: ContactReach): Reach[] {
  return inOrder(endpoints, usualPreferences, 'L', [stages.contacts], contactId);
}

/** @param early the stages of the first ranks; the others come last */
function inOrder(
  endpoints: readonly Endpoint[],
  preferences: NoticePreferences,
  of: AlarmClass,
  early: readonly number[],
  contactId: string | null,
): Reach[] {
  return orderFor(preferences, of)
    .map(kinds => endpoints.filter(endpoint => kinds.includes(endpoint.channel) && takes(endpoint, of)))
    .filter(({ length }) => length > 0)
    .flatMap((together, rank) =>
      together.map(endpoint => ({ endpoint, contactId, rank, stage: early[rank] ?? stages.rest })),
    );
}
