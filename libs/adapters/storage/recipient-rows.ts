// Who is told of a device's alarms, and how: from the rows of people, endpoints and contacts.
import { type ContactReach, type Recipient, usualPreferences } from '#domain/notices';
import type { Member } from '#domain/sharing';
import type { IntakeShapes } from './intake-shapes.js';
import type { RawRow } from './record-shape.js';
import { groupBy } from './row-groups.js';

type ReachRows = Readonly<Record<'operators' | 'endpoints' | 'preferences' | 'contacts', readonly RawRow[]>>;

/** The owner, and whom the owner lets have the alarms; the operators, while there is no owner. */
export function recipientsOf(
  shapes: IntakeShapes,
  rows: ReachRows,
): (ownerId: string | null, members: readonly Member[]) => Recipient[] {
  const endpoints = groupBy(
    rows.endpoints.map(row => shapes.endpoints.toValue(row)),
    endpoint => endpoint.accountId,
  );
  const preferences = new Map(
    rows.preferences.map(row => shapes.preferences.toValue(row)).map(row => [row.accountId, row.preferences]),
  );
  const recipient = (accountId: string): Recipient => ({
    accountId,
    endpoints: endpoints.get(accountId) ?? [],
    preferences: preferences.get(accountId) ?? usualPreferences,
  });
  const operators = rows.operators.map(row => recipient(String(row.id)));
  return (ownerId, members) => {
    if (ownerId === null) return operators;
    const told = members.filter(({ capabilities }) => capabilities.includes('alerts'));
    return [...new Set([ownerId, ...told.map(({ accountId }) => accountId)])].map(recipient);
  };
}

/** The contacts of a home who have agreed. */
export function contactsOf(shapes: IntakeShapes, rows: ReachRows): (homeId: string | null) => ContactReach[] {
  const homes = groupBy(rows.contacts, row => row.home_id);
  return homeId => {
    const endpoints = (homes.get(homeId) ?? []).map(row => shapes.endpoints.toValue(row));
    return [...groupBy(endpoints, ({ contactId }) => contactId ?? '')].map(([contactId, ofContact]) => ({
      contactId,
      endpoints: ofContact,
    }));
  };
}
