// Sessions and one-time links: both are known to the store by the hash of their token only.

export interface Session {
  readonly tokenHash: string;
  readonly accountId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/**
 * `first-operator` makes the first account of a gateway; `sign-in` opens a session without a password; `operator` makes
 * whoever has an account one more operator.
 */
export type LinkPurpose = 'first-operator' | 'sign-in' | 'operator';

export interface OneTimeLink {
  readonly tokenHash: string;
  readonly purpose: LinkPurpose;
  /**
   * Whom it lets in; null for the first operator, who has no account yet. Of `operator`: who made it, with whose account
   * it goes; null: whoever has the token in the data folder.
   */
  readonly accountId: string | null;
  readonly expiresAt: number;
}
