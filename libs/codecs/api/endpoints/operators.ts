// The calls about operators: who they are, how one more comes in, and how one goes.
import * as operators from '../operators.js';
import { doneSchema } from '../text.js';
import type { Endpoint } from './endpoint.js';

export const operatorCalls = {
  operators: {
    method: 'GET',
    path: '/operators',
    access: 'operator',
    answer: operators.operatorsSchema,
  },
  /** In the place of an earlier one that was not used. */
  makeOperatorLink: {
    method: 'POST',
    path: '/operator-link',
    access: 'operator',
    answer: operators.operatorLinkSchema,
    status: 201,
  },
  withdrawOperatorLink: {
    method: 'DELETE',
    path: '/operator-link',
    access: 'operator',
    answer: doneSchema,
  },
  /** Who names themselves steps down. The account stays, and is a resident's. */
  removeOperator: {
    method: 'DELETE',
    path: '/operators/{accountId}',
    access: 'operator',
    answer: doneSchema,
  },
  /** Looking at it does not use it. Unknown, used, withdrawn and expired ones answer alike. */
  operatorOffer: {
    method: 'GET',
    path: '/operator-links/{token}',
    access: 'public',
    answer: operators.operatorOfferSchema,
  },
  becomeOperator: {
    method: 'POST',
    path: '/operator-links/{token}/acceptance',
    access: 'person',
    needs: 'self',
    answer: doneSchema,
    status: 201,
  },
} as const satisfies Record<string, Endpoint>;
