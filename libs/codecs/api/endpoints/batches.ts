// The calls of those who make devices: batches, their credentials, and what is printed for them.
import { z } from 'zod';
import * as batch from '../batch.js';
import type { Endpoint } from './endpoint.js';

/** A batch is named by its name or its number. */
export const batches = {
  batches: { method: 'GET', path: '/batches', access: 'operator', answer: z.array(batch.batchSchema) },
  batch: { method: 'GET', path: '/batches/{batch}', access: 'operator', answer: batch.batchSchema },
  /** A few devices with their credentials in one answer; what is lost with it is lost. */
  makeBatch: {
    method: 'POST',
    path: '/batches',
    access: 'operator',
    body: batch.batchRequestSchema,
    answer: batch.madeBatchSchema,
    status: 201,
  },
  /** Opens a batch, or gives the one of that name when it was asked for alike. */
  openBatch: {
    method: 'PUT',
    path: '/batches/{batch}',
    access: 'operator',
    body: batch.batchPlanSchema,
    answer: batch.batchSchema,
  },
  /** The next devices of an open batch. */
  fillBatch: {
    method: 'POST',
    path: '/batches/{batch}/devices',
    access: 'operator',
    body: batch.batchSliceSchema,
    answer: batch.batchSchema,
  },
  /** Which serial numbers and MAC addresses devices of this gateway have already. */
  checkUnits: {
    method: 'POST',
    path: '/unit-checks',
    access: 'operator',
    body: batch.unitCheckSchema,
    answer: batch.takenUnitsSchema,
  },
  /** The next credentials, with which the ones before are acknowledged; a slice that did not arrive is issued anew. */
  exportCredentials: {
    method: 'POST',
    path: '/batches/{batch}/credentials',
    access: 'operator',
    body: batch.credentialRequestSchema,
    answer: batch.credentialSliceSchema,
  },
  /** The maker holds them all: from now on none leaves again. */
  confirmBatch: {
    method: 'POST',
    path: '/batches/{batch}/confirmation',
    access: 'operator',
    answer: batch.batchSchema,
  },
  batchDevices: {
    method: 'GET',
    path: '/batches/{batch}/devices',
    access: 'operator',
    query: batch.numberRangeSchema,
    answer: z.array(batch.labelledDeviceSchema),
  },
  batchPins: {
    method: 'GET',
    path: '/batches/{batch}/pins',
    access: 'operator',
    query: batch.numberRangeSchema,
    answer: z.array(batch.devicePinSchema),
  },
  /** Another label in the place of the one that is printed, which then says that it is old. */
  reprintLabel: {
    method: 'POST',
    path: '/devices/{deviceId}/label',
    access: 'operator',
    answer: batch.reprintSchema,
    status: 201,
  },
} as const satisfies Record<string, Endpoint>;
