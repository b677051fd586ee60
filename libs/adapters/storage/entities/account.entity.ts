// Accounts, their sessions and one-time links.
import type { Account, OneTimeLink, Session } from '#domain/accounts';
import { tableOf, text, textOrNull, timeMs } from './columns.js';

export const AccountEntity = tableOf<Account>({
  name: 'account',
  tableName: 'accounts',
  columns: {
    id: { ...text, primary: true },
    email: text,
    name: text,
    locale: text,
    role: text,
    passwordHash: textOrNull,
    createdAt: timeMs,
  },
  indices: [
    { name: 'accounts_email', columns: ['email'], unique: true },
    { name: 'accounts_operators', columns: ['id'], where: "role = 'operator'" },
  ],
});

const ofAccount = { foreignKey: { target: 'account', onDelete: 'CASCADE' } } as const;

export const SessionEntity = tableOf<Session>({
  name: 'session',
  tableName: 'sessions',
  columns: {
    tokenHash: { ...text, primary: true },
    accountId: { ...text, ...ofAccount },
    createdAt: timeMs,
    expiresAt: timeMs,
  },
  indices: [
    { name: 'sessions_expiry', columns: ['expiresAt'] },
    { name: 'sessions_account', columns: ['accountId'] },
  ],
});

export const OneTimeLinkEntity = tableOf<OneTimeLink>({
  name: 'one-time-link',
  tableName: 'one_time_links',
  columns: {
    tokenHash: { ...text, primary: true },
    purpose: text,
    accountId: { ...textOrNull, ...ofAccount },
    expiresAt: timeMs,
  },
});
