// What the farewell room needs from a store. Each step can be taken again, and nothing is left of a step that broke off.
import type { FarewellCertificate } from '#codecs/api';
import type { Farewell } from './farewell.js';

export type Beginning =
  /** With the hashes of the sessions that ended by it. */
  | { readonly ok: true; readonly sessions: readonly string[] }
  /** Somebody must look after the gateway; or the account is gone, or on its way, already. */
  | { readonly ok: false; readonly because: 'last-operator' | 'gone' };

export abstract class FarewellStore {
  /**
   * Writes it down, and in the same transaction nobody can sign in to the account any more: mail address, password,
   * role, sessions, links, endpoints and wishes are gone, and nobody comes in by an invitation of theirs.
   */
  abstract begin(farewell: Farewell): Promise<Beginning>;
  abstract byAccount(accountId: string): Promise<Farewell | null>;
  abstract byToken(tokenHash: string): Promise<Farewell | null>;
  /** Without a certificate, oldest first. */
  abstract unfinished(): Promise<Farewell[]>;
  /**
   * The person's notices, and their name in those of others, in slices between which commits go through.
   * @returns false when `signal` ended it early
   */
  abstract sweep(accountId: string, signal: AbortSignal): Promise<boolean>;
  /**
   * All that is left, and the account itself; in the ledger the person has no address any more.
   * @returns false, and nothing has changed, while they own a device or notices of theirs are left
   */
  abstract remove(accountId: string, at: number): Promise<boolean>;
  abstract finish(accountId: string, certificate: FarewellCertificate): Promise<void>;
  /** Forgets those that were over before `at`. */
  abstract prune(at: number): Promise<void>;
}
