// Signing in: by mail address and password, or by a link that is used once.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import { DomainError } from '#domain/errors';
import type { Account } from './account.js';
import { AccountStore } from './account.store.js';
import { Attempts } from './attempts.js';
import { OneTimeLinks } from './one-time-links.js';
import { Passwords } from './passwords.js';

/** How long a link has just let somebody in. */
const freshMs = 15 * 60_000;

export interface Assurance {
  /** Undefined for who has none. */
  readonly password: string | undefined;
  readonly sessionHash: string | null;
  /** Where the attempt comes from, for counting wrong ones. */
  readonly from: string;
}

@Injectable()
export class Accounts {
  constructor(
    private readonly store: AccountStore,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly links: OneTimeLinks,
    private readonly clock: Clock,
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

  /**
   * That it is the person, and not somebody at their screen, before what cannot be undone.
   * @param sessionHash of the session in which they ask; null: none
   * @throws DomainError `wrong-credentials`, `too-many-attempts`; `sign-in-again` for who has no password, unless they
   *   came by a link a moment ago
   */
  async assure({ email, passwordHash }: Account, { password, sessionHash, from }: Assurance): Promise<void> {
    if (passwordHash === null) return this.requireFresh(sessionHash);
    const keys = [`mail ${email}`, `sign-in from ${from}`];
    this.attempts.begin(keys);
    if (!(await this.passwords.matches(password ?? '', passwordHash)))
      throw new DomainError('wrong-credentials');
    this.attempts.forgive(keys);
  }

  private async requireFresh(sessionHash: string | null): Promise<void> {
    const session = sessionHash === null ? null : await this.store.session(sessionHash);
    if (session === null || this.clock.now() - session.createdAt > freshMs)
      throw new DomainError('sign-in-again');
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
