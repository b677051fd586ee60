// The calls about a device: its code and binding, what it said, and what lets it in.
import { z } from 'zod';
import * as device from '../device.js';
import * as erasure from '../erasure.js';
import * as history from '../history.js';
import * as identity from '../identity.js';
import { doneSchema } from '../text.js';
import type { Endpoint } from './endpoint.js';

export const devices = {
  ticket: { method: 'GET', path: '/tickets/{ticket}', access: 'public', answer: device.ticketViewSchema },
  claim: {
    method: 'POST',
    path: '/tickets/{ticket}/claim',
    access: 'person',
    needs: 'self',
    body: device.claimRequestSchema,
    answer: device.claimSchema,
    status: 201,
  },
  confirm: {
    method: 'POST',
    path: '/tickets/{ticket}/confirm',
    access: 'person',
    needs: 'self',
    body: device.confirmRequestSchema,
    answer: device.boundSchema,
    status: 201,
  },

  /** A person's own devices; an operator gets every device with `?all=true`. */
  devices: {
    method: 'GET',
    path: '/devices',
    access: 'person',
    needs: 'self',
    answer: z.array(device.deviceSchema),
  },
  device: {
    method: 'GET',
    path: '/devices/{deviceId}',
    access: 'person',
    needs: { device: 'look' },
    answer: device.deviceDetailSchema,
  },
  changeDevice: {
    method: 'PATCH',
    path: '/devices/{deviceId}',
    access: 'person',
    needs: { device: 'own' },
    body: device.deviceChangeSchema,
    answer: device.deviceSchema,
  },
  /** Into another home of the owner's, or another room. */
  placeDevice: {
    method: 'PUT',
    path: '/devices/{deviceId}/place',
    access: 'person',
    needs: { device: 'own' },
    body: device.placeSchema,
    answer: device.deviceSchema,
  },
  release: {
    method: 'DELETE',
    path: '/devices/{deviceId}/binding',
    access: 'person',
    needs: { device: 'own' },
    query: erasure.partingQuerySchema,
    answer: doneSchema,
  },
  ledger: {
    method: 'GET',
    path: '/devices/{deviceId}/ledger',
    access: 'person',
    needs: { device: 'ledger' },
    answer: z.array(device.ledgerEntrySchema),
  },
  command: {
    method: 'POST',
    path: '/devices/{deviceId}/commands',
    access: 'person',
    needs: { device: 'command' },
    body: device.commandRequestSchema,
    answer: device.commandSentSchema,
    status: 201,
  },
  /** One reading over a range, in buckets. */
  history: {
    method: 'GET',
    path: '/devices/{deviceId}/history',
    access: 'person',
    needs: { device: 'history' },
    query: history.historyQuerySchema,
    answer: history.historySchema,
  },
  deviceEvents: {
    method: 'GET',
    path: '/devices/{deviceId}/events',
    access: 'person',
    needs: { device: 'history' },
    query: history.eventsQuerySchema,
    answer: history.deviceEventsSchema,
  },
  /** The ticket of a device, for reprinting: `{ticket, url, spoken}`. */
  deviceTicket: {
    method: 'GET',
    path: '/devices/{deviceId}/ticket',
    access: 'operator',
    answer: z.object({ ticket: z.string(), url: z.string(), spoken: z.string() }),
  },

  /** Neither its secret nor its certificate lets the device in any more; its connection ends. */
  revokeDevice: {
    method: 'POST',
    path: '/devices/{deviceId}/revocation',
    access: 'operator',
    answer: doneSchema,
  },
  /** A new secret, the only thing by which the device gets in from then on; it ends a revocation. */
  reissueDevice: {
    method: 'POST',
    path: '/devices/{deviceId}/secret',
    access: 'operator',
    answer: identity.freshSecretSchema,
    status: 201,
  },
  /** A certificate of the private authority, in the place of an earlier one. */
  certifyDevice: {
    method: 'POST',
    path: '/devices/{deviceId}/certificate',
    access: 'operator',
    body: identity.certificateRequestSchema,
    answer: identity.deviceCertificateSchema,
    status: 201,
  },
  /** The same for many devices at once: for all of them, or for none. */
  certifyDevices: {
    method: 'POST',
    path: '/certificates',
    access: 'operator',
    body: identity.certificatesRequestSchema,
    answer: z.array(identity.deviceCertificateSchema),
    status: 201,
  },
  /** A certificate of another authority that the gateway trusts, in the place of an earlier one. */
  registerCertificate: {
    method: 'PUT',
    path: '/devices/{deviceId}/certificate',
    access: 'operator',
    body: identity.certificateSchema,
    answer: identity.registeredCertificateSchema,
  },
} as const satisfies Record<string, Endpoint>;
