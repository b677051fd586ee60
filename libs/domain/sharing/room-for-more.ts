// Whether one more person fits on a device or home: counted by the store, in the transaction that lets them in.
import { type Grant, type Invitation, isLive } from './grant.js';

export interface RoomForMore {
  /** What had ended by then counts no more. */
  readonly now: number;
  /** Let in or invited. */
  readonly people: number;
  /** Invitations that nobody has used. */
  readonly invitations: number;
}

export const endless: RoomForMore = {
  now: 0,
  people: Number.POSITIVE_INFINITY,
  invitations: Number.POSITIVE_INFINITY,
};

export interface Crowd {
  readonly grants: readonly Grant[];
  readonly invitations: readonly Invitation[];
}

/**
 * Of which there are as many as may be; null: there is room.
 * @param crowd of one subject and any epoch: what an earlier owner made counts for nobody
 */
export function fullOf(
  { grants, invitations }: Crowd,
  epoch: number,
  room: RoomForMore,
): 'people' | 'invitations' | null {
  const { now } = room;
  const open = invitations.filter(each => each.epoch === epoch && each.expiresAt > now).length;
  const members = grants.filter(each => each.epoch === epoch && isLive(each, now)).length;
  if (members + open >= room.people) return 'people';
  return open >= room.invitations ? 'invitations' : null;
}
