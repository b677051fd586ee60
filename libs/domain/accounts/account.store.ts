// What the accounts room needs from a store. (Accounts are inserted together with their home: see HomeStore.)
import type { Account } from './account.js';
import type { LinkPurpose, OneTimeLink, Session } from './session.js';

export abstract class AccountStore {
  abstract byId(id: string): Promise<Account | null>;
  /** `email` in lower case. */
  abstract byEmail(email: string): Promise<Account | null>;
  abstract operators(): Promise<Account[]>;
  /** Replaces the hash of a password; nothing happens when there is no such account. */
  abstract setPasswordHash(accountId: string, passwordHash: string): Promise<void>;

  abstract insertSession(session: Session): Promise<void>;
  abstract session(tokenHash: string): Promise<Session | null>;
  /** Moves the end of a session; nothing happens when it is gone. */
  abstract extendSession(tokenHash: string, expiresAt: number): Promise<void>;
  abstract endSession(tokenHash: string): Promise<void>;

  abstract insertLink(link: OneTimeLink): Promise<void>;
  /** Takes the link out, once: of several callers at the same time one gets it. Expired ones are not given. */
  abstract takeLink(tokenHash: string, purpose: LinkPurpose, now: number): Promise<OneTimeLink | null>;
  /** Removes all links of a purpose, so that an older printed one no longer works. */
  abstract dropLinks(purpose: LinkPurpose): Promise<void>;
  /** Removes sessions and links that expired before `now`. */
  abstract prune(now: number): Promise<void>;
}
