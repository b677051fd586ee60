// The calls about what devices recorded while they were the caller's: what there is, and its erasure.
import { z } from 'zod';
import * as erasure from '../erasure.js';
import type { Endpoint } from './endpoint.js';

export const erasureCalls = {
  /** Of devices that were the caller's, newest first. */
  past: {
    method: 'GET',
    path: '/accounts/current/past',
    access: 'person',
    needs: 'self',
    answer: z.array(erasure.pastSchema),
  },
  /** For ever. Asked twice it is the same. */
  erasePast: {
    method: 'POST',
    path: '/accounts/current/past/{pastId}/erasure',
    access: 'person',
    needs: 'self',
    answer: erasure.erasureSchema,
    status: 201,
  },
  erasure: {
    method: 'GET',
    path: '/accounts/current/past/{pastId}/erasure',
    access: 'person',
    needs: 'self',
    answer: erasure.erasureSchema,
  },
  /** By which certificates are verified, whoever has one. */
  certificateKeys: {
    method: 'GET',
    path: '/certificate-keys',
    access: 'public',
    answer: z.array(erasure.certificateKeySchema),
  },
} as const satisfies Record<string, Endpoint>;
