// The calls by which people let others in: members, invitations, requests, and what was shared with the caller.
import { z } from 'zod';
import * as sharing from '../sharing.js';
import { doneSchema } from '../text.js';
import type { Endpoint } from './endpoint.js';

export const sharingCalls = {
  deviceMembers: {
    method: 'GET',
    path: '/devices/{deviceId}/members',
    access: 'person',
    needs: { device: 'share' },
    answer: sharing.circleSchema,
  },
  inviteToDevice: {
    method: 'POST',
    path: '/devices/{deviceId}/invitations',
    access: 'person',
    needs: { device: 'share' },
    body: sharing.invitationRequestSchema,
    answer: sharing.madeInvitationSchema,
    status: 201,
  },
  withdrawFromDevice: {
    method: 'DELETE',
    path: '/devices/{deviceId}/invitations/{invitationId}',
    access: 'person',
    needs: { device: 'share' },
    answer: doneSchema,
  },
  /** With everybody whom that member let in. */
  revokeOnDevice: {
    method: 'DELETE',
    path: '/devices/{deviceId}/members/{grantId}',
    access: 'person',
    needs: { device: 'share' },
    answer: doneSchema,
  },
  /** Grants what was asked for at the device's code. */
  letIn: {
    method: 'POST',
    path: '/devices/{deviceId}/requests/{requestId}/grant',
    access: 'person',
    needs: { device: 'own' },
    body: sharing.termsSchema,
    answer: doneSchema,
  },
  turnAway: {
    method: 'DELETE',
    path: '/devices/{deviceId}/requests/{requestId}',
    access: 'person',
    needs: { device: 'own' },
    answer: doneSchema,
  },

  homeMembers: {
    method: 'GET',
    path: '/homes/{homeId}/members',
    access: 'person',
    needs: { home: 'share' },
    answer: sharing.circleSchema,
  },
  inviteToHome: {
    method: 'POST',
    path: '/homes/{homeId}/invitations',
    access: 'person',
    needs: { home: 'share' },
    body: sharing.invitationRequestSchema,
    answer: sharing.madeInvitationSchema,
    status: 201,
  },
  withdrawFromHome: {
    method: 'DELETE',
    path: '/homes/{homeId}/invitations/{invitationId}',
    access: 'person',
    needs: { home: 'share' },
    answer: doneSchema,
  },
  revokeInHome: {
    method: 'DELETE',
    path: '/homes/{homeId}/members/{grantId}',
    access: 'person',
    needs: { home: 'share' },
    answer: doneSchema,
  },

  /** Looking at an invitation does not use it. Unknown, used, withdrawn and expired ones answer alike. */
  invitation: {
    method: 'GET',
    path: '/invitations/{token}',
    access: 'public',
    answer: sharing.invitationSchema,
  },
  acceptInvitation: {
    method: 'POST',
    path: '/invitations/{token}/acceptance',
    access: 'person',
    needs: 'self',
    answer: sharing.subjectSchema,
    status: 201,
  },
  /** What others have shared with the caller. */
  shares: {
    method: 'GET',
    path: '/shares',
    access: 'person',
    needs: 'self',
    answer: z.array(sharing.shareSchema),
  },
  leave: {
    method: 'DELETE',
    path: '/shares/{grantId}',
    access: 'person',
    needs: 'self',
    answer: doneSchema,
  },
  /** A stranger at the code of an owned device asks its owner to be let in. */
  askIn: {
    method: 'POST',
    path: '/tickets/{ticket}/requests',
    access: 'person',
    needs: 'self',
    answer: doneSchema,
    status: 201,
  },
} as const satisfies Record<string, Endpoint>;
