// Accounts, their sessions and one-time links, and who came to be an operator and went.
import type { Account, OneTimeLink, OperatorAct, Session } from '#domain/accounts';
import { serial, tableOf, text, textOrNull, timeMs } from './columns.js';

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

/** `id` keeps the order of acts of the same millisecond. No foreign key: it explains who was here, too. */
export const OperatorActEntity = tableOf<OperatorAct & { readonly id: number }>({
  name: 'operator-act',
  tableName: 'operator_acts',
  columns: {
    id: serial,
    at: timeMs,
    what: text,
    accountId: textOrNull,
    concernsId: textOrNull,
    via: text,
    address: textOrNull,
  },
  indices: [
    { name: 'operator_acts_account', columns: ['accountId', 'id'], where: 'account_id IS NOT NULL' },
    { name: 'operator_acts_concerns', columns: ['concernsId', 'id'], where: 'concerns_id IS NOT NULL' },
  ],
});
