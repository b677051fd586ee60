// One-time links: tokens that open one door once, for as long as a person takes to get to it.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import { AccountStore } from './account.store.js';
import { hashToken, newToken } from './secret.js';
import type { LinkPurpose, OneTimeLink } from './session.js';

const lifetimeMs = 24 * 60 * 60_000;

export interface FreshLink {
  readonly token: string;
  readonly expiresAt: number;
}

@Injectable()
export class OneTimeLinks {
  constructor(
    private readonly store: AccountStore,
    private readonly clock: Clock,
  ) {}

  /** The link that makes the first operator, in place of every older one; null once there is an operator. */
  async forFirstOperator(): Promise<FreshLink | null> {
    await this.store.dropLinks('first-operator');
    const operators = await this.store.operators();
    return operators.length === 0 ? this.make('first-operator', null) : null;
  }

  /** A link that signs this account in without a password. */
  forSignIn(accountId: string): Promise<FreshLink> {
    return this.make('sign-in', accountId);
  }

  /** @throws DomainError `link-spent` for a link that is unknown, used or expired, or made for something else. */
  async take(token: string, purpose: LinkPurpose): Promise<OneTimeLink> {
    const link = await this.store.takeLink(hashToken(token), purpose, this.clock.now());
    if (!link) throw new DomainError('link-spent');
    return link;
  }

  /** For a link that was taken and then could not be used. */
  async putBack(link: OneTimeLink): Promise<void> {
    await this.store.insertLink(link);
  }

  private async make(purpose: LinkPurpose, accountId: string | null): Promise<FreshLink> {
    const token = newToken();
    const expiresAt = this.clock.now() + lifetimeMs;
    await this.store.insertLink({ tokenHash: hashToken(token), purpose, accountId, expiresAt });
    return { token, expiresAt };
  }
}
