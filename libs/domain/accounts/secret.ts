// Random identifiers, tokens and their hashes, and the comparison that does not leak by its time.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 20 characters of 5 random bits: unguessable, short in a URL, fine in an MQTT payload. */
export function newId(): string {
  return Array.from(randomBytes(20), byte => alphabet[byte & 31]).join('');
}

/** 32 random bytes as base64url (43 characters). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex. Right for secrets that are random and long; passwords take argon2id. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares two hashes of the same length in constant time. */
export function equalHashes(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
