// The calls of those who declare products and connect programs: products, applications and the private authority.
import { z } from 'zod';
import * as identity from '../identity.js';
import * as product from '../product.js';
import { doneSchema } from '../text.js';
import type { Endpoint } from './endpoint.js';

export const making = {
  products: { method: 'GET', path: '/products', access: 'operator', answer: z.array(product.productSchema) },
  product: {
    method: 'GET',
    path: '/products/{productId}',
    access: 'operator',
    answer: product.productSchema,
  },
  putProduct: {
    method: 'PUT',
    path: '/products/{productId}',
    access: 'operator',
    body: product.productSchema,
    answer: product.productSchema,
  },
  /** @throws product-in-use while devices of it exist. */
  dropProduct: {
    method: 'DELETE',
    path: '/products/{productId}',
    access: 'operator',
    answer: doneSchema,
  },

  applications: {
    method: 'GET',
    path: '/applications',
    access: 'operator',
    answer: z.array(identity.applicationSchema),
  },
  makeApplication: {
    method: 'POST',
    path: '/applications',
    access: 'operator',
    body: identity.applicationRequestSchema,
    answer: identity.madeApplicationSchema,
    status: 201,
  },
  /** Another secret; connections by the one before end. */
  rotateApplication: {
    method: 'POST',
    path: '/applications/{applicationId}/secret',
    access: 'operator',
    answer: identity.madeApplicationSchema,
    status: 201,
  },
  dropApplication: {
    method: 'DELETE',
    path: '/applications/{applicationId}',
    access: 'operator',
    answer: doneSchema,
  },

  authority: { method: 'GET', path: '/authority', access: 'operator', answer: identity.authoritySchema },
  /** Is there one already, it is shown as it is. */
  makeAuthority: {
    method: 'POST',
    path: '/authority',
    access: 'operator',
    body: identity.authorityRequestSchema,
    answer: identity.authoritySchema,
    status: 201,
  },
  /** A new certificate for the gateway itself. */
  certifyGateway: {
    method: 'POST',
    path: '/authority/server',
    access: 'operator',
    body: identity.authorityRequestSchema,
    answer: identity.authoritySchema,
    status: 201,
  },
} as const satisfies Record<string, Endpoint>;
