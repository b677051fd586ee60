// The calls that change whose a device is, beside binding and releasing it.
import * as device from '../device.js';
import { partingQuerySchema } from '../erasure.js';
import * as possession from '../possession.js';
import { doneSchema } from '../text.js';
import type { Endpoint } from './endpoint.js';

export const possessions = {
  /** A new offer ends the one before. */
  offerTransfer: {
    method: 'POST',
    path: '/devices/{deviceId}/transfer',
    access: 'person',
    needs: { device: 'own' },
    query: partingQuerySchema,
    answer: possession.transferOfferSchema,
    status: 201,
  },
  withdrawTransfer: {
    method: 'DELETE',
    path: '/devices/{deviceId}/transfer',
    access: 'person',
    needs: { device: 'own' },
    answer: doneSchema,
  },
  /** What is offered; the token stands in the body, so that no log has it. */
  lookAtTransfer: {
    method: 'POST',
    path: '/transfers/offer',
    access: 'person',
    needs: 'self',
    body: possession.transferTokenSchema,
    answer: possession.transferSchema,
  },
  acceptTransfer: {
    method: 'POST',
    path: '/transfers/acceptance',
    access: 'person',
    needs: 'self',
    body: possession.transferAcceptanceSchema,
    answer: device.boundSchema,
    status: 201,
  },

  /** Reported stolen: it cannot be reset, bound, handed over or recovered. */
  lockDevice: {
    method: 'PUT',
    path: '/devices/{deviceId}/lock',
    access: 'person',
    needs: { device: 'own' },
    answer: doneSchema,
  },
  unlockDevice: {
    method: 'DELETE',
    path: '/devices/{deviceId}/lock',
    access: 'person',
    needs: { device: 'own' },
    answer: doneSchema,
  },
  /** A stranger's message to the owner of what was found. */
  reportFound: {
    method: 'POST',
    path: '/tickets/{ticket}/found',
    access: 'person',
    needs: 'self',
    body: possession.foundReportSchema,
    answer: doneSchema,
  },

  /** Who holds a device that its owner cannot let go of asks for it. */
  askRecovery: {
    method: 'POST',
    path: '/tickets/{ticket}/recovery',
    access: 'person',
    needs: 'self',
    body: device.claimRequestSchema,
    answer: possession.recoverySchema,
    status: 201,
  },
  /** When it is due, with possession shown once more. */
  completeRecovery: {
    method: 'POST',
    path: '/tickets/{ticket}/recovery/completion',
    access: 'person',
    needs: 'self',
    body: possession.recoveryCompletionSchema,
    answer: device.boundSchema,
    status: 201,
  },
  /** The owner objects. */
  vetoRecovery: {
    method: 'DELETE',
    path: '/devices/{deviceId}/recovery',
    access: 'person',
    needs: { device: 'own' },
    answer: doneSchema,
  },

  /** Without the owner, who is told the reason. */
  forceRelease: {
    method: 'POST',
    path: '/devices/{deviceId}/forced-release',
    access: 'operator',
    body: possession.interventionSchema,
    answer: doneSchema,
  },
  /** For good, and only while it has no owner. */
  retireDevice: {
    method: 'POST',
    path: '/devices/{deviceId}/retirement',
    access: 'operator',
    body: possession.interventionSchema,
    answer: doneSchema,
  },
} as const satisfies Record<string, Endpoint>;
