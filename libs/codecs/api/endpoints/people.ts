// The calls about people: accounts, sessions and homes.
import { z } from 'zod';
import * as account from '../account.js';
import * as modePlan from '../mode-plan.js';
import { doneSchema } from '../text.js';
import type { Endpoint } from './endpoint.js';

export const people = {
  firstOperator: {
    method: 'POST',
    path: '/accounts/first-operator',
    access: 'public',
    body: account.firstOperatorSchema,
    answer: account.sessionSchema,
    status: 201,
  },
  signUp: {
    method: 'POST',
    path: '/accounts',
    access: 'public',
    body: account.signUpSchema,
    answer: account.sessionSchema,
    status: 201,
  },
  signIn: {
    method: 'POST',
    path: '/sessions',
    access: 'public',
    body: account.signInSchema,
    answer: account.sessionSchema,
    status: 201,
  },
  signInByLink: {
    method: 'POST',
    path: '/sessions/link',
    access: 'public',
    body: account.linkSignInSchema,
    answer: account.sessionSchema,
    status: 201,
  },
  currentSession: {
    method: 'GET',
    path: '/sessions/current',
    access: 'person',
    needs: 'self',
    answer: account.sessionSchema,
  },
  signOut: {
    method: 'DELETE',
    path: '/sessions/current',
    access: 'person',
    needs: 'self',
    answer: doneSchema,
  },
  makeSignInLink: {
    method: 'POST',
    path: '/sign-in-links',
    access: 'operator',
    body: account.signInLinkRequestSchema,
    answer: account.signInLinkSchema,
    status: 201,
  },

  homes: {
    method: 'GET',
    path: '/homes',
    access: 'person',
    needs: 'self',
    answer: z.array(account.homeSchema),
  },
  /** The weekly plan of its modes, what comes next, and what was. */
  modePlan: {
    method: 'GET',
    path: '/homes/{homeId}/plan',
    access: 'person',
    needs: { home: 'own' },
    answer: modePlan.modePlanViewSchema,
  },
  putModePlan: {
    method: 'PUT',
    path: '/homes/{homeId}/plan',
    access: 'person',
    needs: { home: 'own' },
    body: modePlan.modePlanSchema,
    answer: modePlan.modePlanViewSchema,
  },
  changeHome: {
    method: 'PATCH',
    path: '/homes/{homeId}',
    access: 'person',
    needs: { home: 'own' },
    body: account.homeChangeSchema,
    answer: account.homeSchema,
  },
  makeHome: {
    method: 'POST',
    path: '/homes',
    access: 'person',
    needs: 'self',
    body: account.homeRequestSchema,
    answer: account.homeSchema,
    status: 201,
  },
  /** Its devices move into another home of the caller's; its members, rooms, contacts and plan go with it. */
  removeHome: {
    method: 'DELETE',
    path: '/homes/{homeId}',
    access: 'person',
    needs: { home: 'own' },
    query: account.homeRemovalSchema,
    answer: doneSchema,
  },
  putRooms: {
    method: 'PUT',
    path: '/homes/{homeId}/rooms',
    access: 'person',
    needs: { home: 'own' },
    body: account.roomsSchema,
    answer: account.homeSchema,
  },
  changeMode: {
    method: 'PUT',
    path: '/homes/{homeId}/mode',
    access: 'person',
    needs: { home: 'command' },
    body: account.modeChangeSchema,
    answer: account.homeSchema,
  },
} as const satisfies Record<string, Endpoint>;
