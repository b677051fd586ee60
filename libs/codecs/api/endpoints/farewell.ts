// The calls by which an account ends: asking for it, and, with nobody signed in any more, seeing that it is done.
import * as farewell from '../farewell.js';
import type { Endpoint } from './endpoint.js';

export const farewellCalls = {
  /** For ever. From its answer on nobody can sign in to the account. */
  leaveGateway: {
    method: 'POST',
    path: '/accounts/current/farewell',
    access: 'person',
    needs: 'self',
    body: farewell.farewellRequestSchema,
    answer: farewell.farewellLinkSchema,
    status: 201,
  },
  /** The link is all that is asked for. */
  farewell: {
    method: 'GET',
    path: '/farewells/{token}',
    access: 'public',
    answer: farewell.farewellSchema,
  },
} as const satisfies Record<string, Endpoint>;
