// Sessions: a random token for the person, its hash for the store, and an end that moves on while it is used.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import type { Account } from './account.js';
import { AccountStore } from './account.store.js';
import { Listeners } from './listeners.js';
import { hashToken, newToken } from './secret.js';
import type { Session } from './session.js';

const dayMs = 86_400_000;

/** How long a session lasts after its last use, in days. */
export abstract class SessionTerm {
  abstract readonly days: number;
}

export interface SignedIn {
  readonly account: Account;
  readonly session: Session;
  /** Whether this use moved the end of the session: a cookie then wants its new age. */
  readonly isExtended: boolean;
}

/**
 * Who looks at the pages stays signed in, because somebody signed out unawares would miss alarms; who does not come
 * for the whole term is out. The end moves once a day at most, so that reading costs no write.
 */
@Injectable()
export class Sessions {
  private readonly watchers = new Listeners();

  constructor(
    private readonly store: AccountStore,
    private readonly clock: Clock,
    private readonly term: SessionTerm,
  ) {}

  /** @returns the token, which leaves the gateway now and is kept nowhere. */
  async open(account: Account): Promise<{ token: string; session: Session }> {
    const token = newToken();
    const createdAt = this.clock.now();
    const session = {
      tokenHash: hashToken(token),
      accountId: account.id,
      createdAt,
      expiresAt: this.freshEnd(),
    };
    await this.store.insertSession(session);
    return { token, session };
  }

  /** Null for a token that is unknown, ended or expired. */
  async find(token: string): Promise<SignedIn | null> {
    const session = await this.store.session(hashToken(token));
    if (!session || session.expiresAt <= this.clock.now()) return null;
    const account = await this.store.byId(session.accountId);
    if (!account) return null;
    return { account, ...(await this.keepAlive(session)) };
  }

  /** When the session ends by itself as things stand; null when it has. */
  async endsAt(tokenHash: string): Promise<number | null> {
    const session = await this.store.session(tokenHash);
    return session && session.expiresAt > this.clock.now() ? session.expiresAt : null;
  }

  async end(tokenHash: string): Promise<void> {
    await this.store.endSession(tokenHash);
    this.announceEnd(tokenHash);
  }

  /** Of a session that is ended in the store already: whoever listens by it hears no more. */
  announceEnd(tokenHash: string): void {
    this.watchers.tell(tokenHash);
  }

  /** Tells once when somebody ends the session (not when it expires). @returns what takes the listener away. */
  watchEnd(tokenHash: string, listener: () => void): () => void {
    return this.watchers.add(tokenHash, listener);
  }

  /** Removes what has expired. */
  async prune(): Promise<void> {
    await this.store.prune(this.clock.now());
  }

  private async keepAlive(session: Session): Promise<{ session: Session; isExtended: boolean }> {
    const expiresAt = this.freshEnd();
    if (expiresAt - session.expiresAt < dayMs) return { session, isExtended: false };
    await this.store.extendSession(session.tokenHash, expiresAt);
    return { session: { ...session, expiresAt }, isExtended: true };
  }

  private freshEnd(): number {
    return this.clock.now() + this.term.days * dayMs;
  }
}
