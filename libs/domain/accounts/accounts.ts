// Signing in: by mail address and password, or by a link that is used once.
import { Injectable } from '@nestjs/common';
import { DomainError } from '#domain/errors';
import type { Account } from './account.js';
import { AccountStore } from './account.store.js';
import { Attempts } from './attempts.js';
import { OneTimeLinks } from './one-time-links.js';
import { Passwords } from './passwords.js';

@Injectable()
export class Accounts {
  constructor(
    private readonly store: AccountStore,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly links: OneTimeLinks,
  ) {}

  /**
   * @param from where the attempt comes from; failures are counted there and at the mail address.
   * @throws DomainError `wrong-credentials`, the same and as late for an unknown address, or `too-many-attempts`.
   */
  async signIn(email: string, password: string, from: string): Promise<Account> {
    const address = canonicalEmail(email);
    const mailKey = `mail ${address}`;
    const fromKey = `sign-in from ${from}`;
    this.attempts.begin([mailKey, fromKey]);
    const account = await this.store.byEmail(address);
    const isRight = await this.passwords.matches(password, account?.passwordHash ?? null);
    if (!account || !isRight) throw new DomainError('wrong-credentials');
    this.attempts.clear(mailKey);
    this.attempts.forgive([fromKey]);
    await this.renewHash(account, password);
    return account;
  }

  /** @throws DomainError `link-spent`. */
  async signInByLink(token: string): Promise<Account> {
    const { accountId } = await this.links.take(token, 'sign-in');
    const account = accountId === null ? null : await this.store.byId(accountId);
    if (!account) throw new DomainError('link-spent');
    return account;
  }

  /** Only at sign-in is the password there to hash it again with today's terms. */
  private async renewHash({ id, passwordHash }: Account, password: string): Promise<void> {
    if (passwordHash === null || !this.passwords.isOutdated(passwordHash)) return;
    await this.store.setPasswordHash(id, await this.passwords.hash(password));
  }
}

/** The form in which a mail address is kept and looked for. */
export function canonicalEmail(email: string): string {
  return email.trim().toLowerCase();
}
