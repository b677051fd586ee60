// An account: a person who can sign in, as operator or resident.
import type { Locale, Role } from '#codecs/api';

export interface Account {
  readonly id: string;
  /** Lower case; unique. */
  readonly email: string;
  readonly name: string;
  readonly locale: Locale;
  readonly role: Role;
  /** argon2id in PHC form; null for who came by a link and chose no password yet. */
  readonly passwordHash: string | null;
  readonly createdAt: number;
}
