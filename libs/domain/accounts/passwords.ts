// Passwords: argon2id hashes, and a comparison that takes as long for an account that does not exist.
import { Injectable } from '@nestjs/common';
import { argon2id, hash, needsRehash, verify } from 'argon2';
import { newToken } from './secret.js';

/** 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet, argon2id). */
const terms = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

@Injectable()
export class Passwords {
  /** Of a password that nobody has: what a sign-in without an account is compared with. */
  private readonly nobody = this.hash(newToken());

  /** argon2id in PHC form. */
  hash(password: string): Promise<string> {
    return hash(normal(password), { ...terms, type: argon2id });
  }

  /** Whether the password is the one behind `stored`; null, for no account or no password, costs the same and is false. */
  async matches(password: string, stored: string | null): Promise<boolean> {
    const isRight = await verify(stored ?? (await this.nobody), normal(password));
    return isRight && stored !== null;
  }

  /** Whether the hash was made with other terms than today's. */
  isOutdated(stored: string): boolean {
    return needsRehash(stored, terms);
  }
}

/** One password, however a keyboard composes it (NIST SP 800-63B §5.1.1.2). */
function normal(password: string): string {
  return password.normalize('NFKC');
}
