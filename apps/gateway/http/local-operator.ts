// The operator that the command line on this machine acts as: built in, without an account, a mail address or a home.
import type { EndpointName } from '#codecs/api';
import { type Account, equalHashes, hashToken } from '#domain/accounts';

export const localOperator: Account = {
  id: 'local-operator',
  email: 'operator@localhost',
  name: 'Local operator',
  locale: 'en',
  role: 'operator',
  passwordHash: null,
  createdAt: 0,
};

/** What only somebody with an account can do, for it would be theirs afterwards. */
export const callsOfAPerson: ReadonlySet<EndpointName | null> = new Set([
  'claim',
  'confirm',
  'makeWebhook',
  'acceptInvitation',
  'askIn',
  'makeHome',
  'acceptTransfer',
  'askRecovery',
  'completeRecovery',
  'reportFound',
  'leaveGateway',
  'becomeOperator',
]);

/** There before the first operator is, so that devices can be made; it owns nothing and is told nothing. */
export class LocalOperator {
  private readonly tokenHash: string;

  constructor(token: string) {
    this.tokenHash = hashToken(token);
  }

  byToken(token: string): Account | null {
    return equalHashes(hashToken(token), this.tokenHash) ? localOperator : null;
  }
}
