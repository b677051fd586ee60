// Grants, the invitations that wait to become one, and requests to be let in.
import type { AccessRequest, Grant, Invitation } from '#domain/sharing';
import { count, json, tableOf, text, textOrNull, timeMs, timeMsOrNull } from './columns.js';

const ofAccount = { foreignKey: { target: 'account', onDelete: 'CASCADE' } } as const;
/** What was given out of a grant ends with it, whoever ends it. */
const ofGrant = { foreignKey: { target: 'grant', onDelete: 'CASCADE' } } as const;

export const GrantEntity = tableOf<Grant>({
  name: 'grant',
  tableName: 'grants',
  columns: {
    id: { ...text, primary: true },
    subjectKind: text,
    subjectId: text,
    epoch: count,
    accountId: { ...text, ...ofAccount },
    grantedBy: text,
    parentId: { ...textOrNull, ...ofGrant },
    capabilities: json,
    since: timeMs,
    until: timeMsOrNull,
  },
  indices: [
    { name: 'grants_subject', columns: ['subjectId'] },
    { name: 'grants_account', columns: ['accountId'] },
    { name: 'grants_giver', columns: ['grantedBy'] },
    { name: 'grants_parent', columns: ['parentId'] },
    { name: 'grants_until', columns: ['until'], where: 'until IS NOT NULL' },
  ],
});

export const InvitationEntity = tableOf<Invitation>({
  name: 'invitation',
  tableName: 'invitations',
  columns: {
    id: { ...text, primary: true },
    tokenHash: text,
    subjectKind: text,
    subjectId: text,
    epoch: count,
    invitedBy: { ...text, ...ofAccount },
    parentId: { ...textOrNull, ...ofGrant },
    capabilities: json,
    until: timeMsOrNull,
    createdAt: timeMs,
    expiresAt: timeMs,
  },
  indices: [
    { name: 'invitations_token', columns: ['tokenHash'], unique: true },
    { name: 'invitations_subject', columns: ['subjectId'] },
    { name: 'invitations_giver', columns: ['invitedBy'] },
    { name: 'invitations_parent', columns: ['parentId'] },
  ],
});

export const AccessRequestEntity = tableOf<AccessRequest>({
  name: 'access-request',
  tableName: 'access_requests',
  columns: {
    id: { ...text, primary: true },
    deviceId: text,
    epoch: count,
    accountId: { ...text, ...ofAccount },
    at: timeMs,
  },
  indices: [
    { name: 'access_requests_once', columns: ['deviceId', 'epoch', 'accountId'], unique: true },
    { name: 'access_requests_account', columns: ['accountId'] },
  ],
});
