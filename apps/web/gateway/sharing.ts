// Members and invitations of a device or a home, asked for in the same words whichever it is.
import { queryOptions } from '@tanstack/react-query';
import type { Body, CircleView, MadeInvitationView } from '#codecs/api';
import { call } from './call.js';
import { keys } from './queries.js';

export interface Subject {
  readonly kind: 'device' | 'home';
  readonly id: string;
}

type Terms = Body<'inviteToDevice'>;

interface Calls {
  readonly list: (signal: AbortSignal) => Promise<CircleView>;
  readonly invite: (terms: Terms) => Promise<MadeInvitationView>;
  readonly withdraw: (invitationId: string) => Promise<unknown>;
  readonly revoke: (grantId: string) => Promise<unknown>;
}

export function sharingCalls({ kind, id }: Subject): Calls {
  if (kind === 'device') {
    const params = { deviceId: id };
    return {
      list: signal => call('deviceMembers', { params, signal }),
      invite: body => call('inviteToDevice', { params, body }),
      withdraw: invitationId => call('withdrawFromDevice', { params: { ...params, invitationId } }),
      revoke: grantId => call('revokeOnDevice', { params: { ...params, grantId } }),
    };
  }
  const params = { homeId: id };
  return {
    list: signal => call('homeMembers', { params, signal }),
    invite: body => call('inviteToHome', { params, body }),
    withdraw: invitationId => call('withdrawFromHome', { params: { ...params, invitationId } }),
    revoke: grantId => call('revokeInHome', { params: { ...params, grantId } }),
  };
}

export const circleQuery = (subject: Subject) =>
  queryOptions({
    queryKey: keys.circle(subject.kind, subject.id),
    queryFn: ({ signal }) => sharingCalls(subject).list(signal),
  });

export const sharesQuery = queryOptions({
  queryKey: keys.shares,
  queryFn: ({ signal }) => call('shares', { signal }),
});

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: keys.invitation(token),
    queryFn: ({ signal }) => call('invitation', { params: { token }, signal }),
  });
