// Grants and invitations as the contract suites store them.
import { newId } from '#domain/accounts';
import type { Grant, Invitation } from '#domain/sharing';
import type { Stores } from '../../index.js';
import { noon } from './moment.contract.js';

/** On a device in its present epoch 1, by nobody in particular. */
export function grantOn(deviceId: string, accountId: string, change: Partial<Grant> = {}): Grant {
  return {
    id: newId(),
    subjectKind: 'device',
    subjectId: deviceId,
    epoch: 1,
    accountId,
    grantedBy: accountId,
    parentId: null,
    capabilities: ['view'],
    since: noon,
    until: null,
    ...change,
  };
}

/** The invitation that becomes this grant. */
export function invitationTo(grant: Grant, change: Partial<Invitation> = {}): Invitation {
  const { accountId: _, grantedBy, since, ...terms } = grant;
  return {
    ...terms,
    id: newId(),
    tokenHash: newId(),
    invitedBy: grantedBy,
    createdAt: since,
    expiresAt: since + 60_000,
    ...change,
  };
}

/** As somebody gets it: by an invitation that they accept. */
export async function granted({ sharing }: Pick<Stores, 'sharing'>, grant: Grant): Promise<Grant> {
  const invitation = invitationTo(grant);
  if (!(await sharing.invite(invitation)) || !(await sharing.accept(invitation.id, grant, [])))
    throw new Error('nothing was granted');
  return grant;
}
