// The subkeys of one ring key: HKDF-SHA256 with a label a purpose, so that no two purposes share a key.
import { hkdfSync } from 'node:crypto';
import type { KeyRing } from './key-ring.js';
import { KEY_BYTES } from './key-ring.js';

/** HKDF `info` by purpose (RFC 5869 §2.3; the salt is empty). What they made is in people's hands: never change one. */
const LABELS = {
  mac: 'airbind ticket mac v1',
  enc: 'airbind ticket enc v1',
  pin: 'airbind pin v1',
  certificate: 'airbind certificate v1',
} as const;

export type Purpose = keyof typeof LABELS;
type Subkeys = Readonly<Record<Purpose, Uint8Array>>;

/** Derivation costs ten times as much as a ticket; the entry goes when the key does. */
const derived = new WeakMap<Uint8Array, Subkeys>();

/** The subkey of the ring's key `keyId` for one purpose; undefined when the ring does not hold that key. */
export function subkey(ring: KeyRing, keyId: number, purpose: Purpose): Uint8Array | undefined {
  const key = ring.keys.get(keyId);
  return key && subkeysOf(key)[purpose];
}

function subkeysOf(key: Uint8Array): Subkeys {
  const known = derived.get(key);
  if (known) {
    return known;
  }
  const fresh: Subkeys = {
    mac: derive(key, 'mac'),
    enc: derive(key, 'enc'),
    pin: derive(key, 'pin'),
    certificate: derive(key, 'certificate'),
  };
  derived.set(key, fresh);
  return fresh;
}

function derive(key: Uint8Array, purpose: Purpose): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', LABELS[purpose], KEY_BYTES));
}
