// The keys that sign certificates of deletion: Ed25519, one for each key of the ring, and as permanent as it.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyRing } from './key-ring.js';
import { subkey } from './subkeys.js';

/** PKCS #8 of an Ed25519 key (RFC 8410 §7) up to its 32 bytes. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Null when the ring does not hold that key. */
export function certificateKey(ring: KeyRing, keyId: number): KeyObject | null {
  const seed = subkey(ring, keyId, 'certificate');
  if (seed === undefined) return null;
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
}

export interface PublicCertificateKey {
  readonly keyId: number;
  /** PEM (SubjectPublicKeyInfo). */
  readonly publicKey: string;
}

/** Those of every key that the ring holds: an older certificate is verified by the key that it names. */
export function certificateKeys(ring: KeyRing): PublicCertificateKey[] {
  return [...ring.keys.keys()].flatMap(keyId => {
    const key = certificateKey(ring, keyId);
    if (key === null) return [];
    return [{ keyId, publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString() }];
  });
}
