// How people are reached: the contacts of homes, and everybody's endpoints.
import type { Contact, Endpoint } from '#domain/notices';
import { tableOf, text, textOrNull, timeMs, timeMsOrNull } from './columns.js';

export const ContactEntity = tableOf<Contact>({
  name: 'contact',
  tableName: 'contacts',
  columns: {
    id: { ...text, primary: true },
    homeId: { ...text, foreignKey: { target: 'home', onDelete: 'CASCADE' } },
    name: text,
    locale: text,
    createdAt: timeMs,
  },
  indices: [{ name: 'contacts_home', columns: ['homeId'] }],
});

export const EndpointEntity = tableOf<Endpoint>({
  name: 'endpoint',
  tableName: 'endpoints',
  columns: {
    id: { ...text, primary: true },
    accountId: { ...textOrNull, foreignKey: { target: 'account', onDelete: 'CASCADE' } },
    contactId: { ...textOrNull, foreignKey: { target: 'contact', onDelete: 'CASCADE' } },
    channel: text,
    name: text,
    address: text,
    secret: text,
    linkKey: text,
    locale: text,
    createdAt: timeMs,
    confirmedAt: timeMsOrNull,
    provenAt: timeMsOrNull,
    lifeSafetyOnlySince: timeMsOrNull,
  },
  indices: [
    { name: 'endpoints_account', columns: ['accountId'] },
    { name: 'endpoints_contact', columns: ['contactId'] },
  ],
});
