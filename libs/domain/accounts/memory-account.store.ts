// The accounts' store in memory, for tests and simulations.
import type { Account } from './account.js';
import { AccountStore } from './account.store.js';
import type { LinkPurpose, OneTimeLink, Session } from './session.js';

export class MemoryAccountStore extends AccountStore {
  private readonly accounts = new Map<string, Account>();
  private readonly sessions = new Map<string, Session>();
  private readonly links = new Map<string, OneTimeLink>();

  /** False when the mail address is taken: the half of `HomeStore.open` that concerns accounts. */
  insert(account: Account): boolean {
    if (this.find(account.email)) return false;
    this.accounts.set(account.id, account);
    return true;
  }

  async byId(id: string): Promise<Account | null> {
    return this.accounts.get(id) ?? null;
  }

  async byEmail(email: string): Promise<Account | null> {
    return this.find(email) ?? null;
  }

  async operators(): Promise<Account[]> {
    return [...this.accounts.values()].filter(({ role }) => role === 'operator');
  }

  async setPasswordHash(accountId: string, passwordHash: string): Promise<void> {
    const account = this.accounts.get(accountId);
    if (account) this.accounts.set(accountId, { ...account, passwordHash });
  }

  async insertSession(session: Session): Promise<void> {
    this.sessions.set(session.tokenHash, session);
  }

  async session(tokenHash: string): Promise<Session | null> {
    return this.sessions.get(tokenHash) ?? null;
  }

  async extendSession(tokenHash: string, expiresAt: number): Promise<void> {
    const session = this.sessions.get(tokenHash);
    if (session) this.sessions.set(tokenHash, { ...session, expiresAt });
  }

  async endSession(tokenHash: string): Promise<void> {
    this.sessions.delete(tokenHash);
  }

  async insertLink(link: OneTimeLink): Promise<void> {
    this.links.set(link.tokenHash, link);
  }

  async takeLink(tokenHash: string, purpose: LinkPurpose, now: number): Promise<OneTimeLink | null> {
    const link = this.links.get(tokenHash);
    if (!link || link.purpose !== purpose || link.expiresAt <= now) return null;
    this.links.delete(tokenHash);
    return link;
  }

  async dropLinks(purpose: LinkPurpose): Promise<void> {
    for (const link of this.links.values()) {
      if (link.purpose === purpose) this.links.delete(link.tokenHash);
    }
  }

  async prune(now: number): Promise<void> {
    for (const kept of [this.sessions, this.links]) {
      for (const [tokenHash, { expiresAt }] of kept) if (expiresAt < now) kept.delete(tokenHash);
    }
  }

  private find(email: string): Account | undefined {
    return [...this.accounts.values()].find(account => account.email === email);
  }
}
