// A device that comes into another home of its owner's: who hears of it no more, and who must hear of what is open.
import { type Alarm, moved, suppressedBy } from '#domain/alarms';
import type { Binding, EventOf } from '#domain/binding';
import type { Home, Placement } from '#domain/homes';
import type { ContactReach, Recipient } from '#domain/notices';
import type { Member } from '#domain/sharing';
import { type Effects, nothing, type ToldChange } from './effects.js';
import { withAlarm } from './inquiry.js';
import type { DeviceFile, LostRight } from './intake.store.js';

/** The home into which a device comes, with those of whom the device's file has to know there. */
export interface Destination {
  readonly home: Home;
  readonly members: readonly Member[];
  /** The owner first. */
  readonly recipients: readonly Recipient[];
  readonly contacts: readonly ContactReach[];
}

/** @param binding as it is in the other home */
export function moveInto(
  file: DeviceFile,
  binding: Binding,
  { home, members, recipients, contacts }: Destination,
  { at, accountId: by }: EventOf<'move'>,
): Effects {
  const there = { ...file, binding, home, modes: [], members, recipients, contacts, roomId: null };
  const changes = file.openAlarms.map(alarm => moved(alarm, { by, at }));
  const next = changes.reduce((so: DeviceFile, { alarm }) => withAlarm(so, alarm), there);
  const newcomers = without(recipients, file.recipients);
  return {
    ...nothing,
    files: [next],
    told: changes.map(change => ({ change, receivedAt: at, ...audienceOf(change.alarm, next, newcomers) })),
    lost: [...lostRights(file, there, at), ...lostContacts(file, at)],
  };
}

/** Where it hangs from now on, if that is somewhere else. */
export function placements(file: DeviceFile, { homeId, roomId }: EventOf<'move'>): Placement[] {
  const isThere = file.binding.homeId === homeId && file.roomId === roomId;
  return isThere ? [] : [{ deviceId: file.device.id, roomId }];
}

/**
 * Of what holds: those who come to hear of it now, and the contacts too unless somebody sees to it. The others were told,
 * and the owner, in whose name contacts are, reads it in the app alone.
 */
function audienceOf(
  alarm: Alarm,
  file: DeviceFile,
  newcomers: readonly Recipient[],
): Pick<ToldChange, 'file' | 'recipients'> {
  if (alarm.calmAt !== null || suppressedBy(alarm) !== null) return { file, recipients: [] };
  const [owner] = file.recipients;
  if (alarm.acknowledgedAt !== null || file.contacts.length === 0 || owner === undefined)
    return { file: { ...file, contacts: [] }, recipients: newcomers };
  return { file, recipients: [{ ...owner, endpoints: [] }, ...newcomers] };
}

function lostRights(
  { device, members, recipients }: DeviceFile,
  there: Pick<DeviceFile, 'recipients'>,
  at: number,
): LostRight[] {
  const people = [...members, ...recipients].filter(
    ({ accountId }, i, all) => all.findIndex(other => other.accountId === accountId) === i,
  );
  return without(people, there.recipients).map(({ accountId }) => ({
    ...{ accountId, contactId: null, deviceId: device.id, at },
  }));
}

/** Those of a home know that home. */
function lostContacts({ device, contacts, binding }: DeviceFile, at: number): LostRight[] {
  const { ownerId: accountId } = binding;
  if (accountId === null) return [];
  return contacts.map(({ contactId }) => ({ accountId, contactId, deviceId: device.id, at }));
}

function without<T extends { readonly accountId: string }>(
  people: readonly T[],
  others: readonly { readonly accountId: string }[],
): T[] {
  const ids = new Set(others.map(({ accountId }) => accountId));
  return people.filter(({ accountId }) => !ids.has(accountId));
}
