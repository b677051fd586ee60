// The PIN of a device: digits from the key ring, printed on a second label that lies inside the box.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { packClaims } from './claims.js';
import type { KeyRing } from './key-ring.js';
import { subkey } from './subkeys.js';

const DEFAULT_DIGITS = 8;
const MIN_DIGITS = 6;
const MAX_DIGITS = 12;
const WORD_RANGE = 2n ** 64n;

/** What a person may type between the digits. */
const SEPARATORS = /[\s-]/g;

/** Whose PIN: the claims of the device's ticket. */
export interface PinSubject {
  keyId: number;
  batch: number;
  number: number;
  /** Which printing of the PIN, not of the ticket's label: 0 (the default) until the PIN itself is renewed. */
  generation?: number;
}

/**
 * The device's PIN, with leading zeros: HMAC-SHA256 under the ring's PIN subkey, so no row has to keep it.
 * @param digits 6 to 12; the PINs of one device in different lengths have nothing in common
 * @throws RangeError when the ring does not hold the key, or a field does not fit
 */
export function derivePin(ring: KeyRing, subject: PinSubject, digits = DEFAULT_DIGITS): string {
  const key = subkey(ring, subject.keyId, 'pin');
  if (!key) {
    throw new RangeError(`the ring has no key ${subject.keyId}`);
  }
  if (!Number.isInteger(digits) || digits < MIN_DIGITS || digits > MAX_DIGITS) {
    throw new RangeError(`a PIN has ${MIN_DIGITS} to ${MAX_DIGITS} digits, not ${digits}`);
  }
  const range = 10n ** BigInt(digits);
  return fairRemainder(words(key, message(subject, digits)), range)
    .toString()
    .padStart(digits, '0');
}

/** Whether a typed PIN (blanks and hyphens ignored) is the expected one, in a time that does not depend on where they differ. */
export function pinMatches(expected: string, typed: string): boolean {
  return timingSafeEqual(digest(expected), digest(typed.replace(SEPARATORS, '')));
}

/** key id 8 bit ‖ the claims in 64 bit ‖ digits 8 bit, big endian. */
function message({ keyId, batch, number, generation = 0 }: PinSubject, digits: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(10));
  view.setUint8(0, keyId);
  view.setBigUint64(1, packClaims({ batch, number, generation }));
  view.setUint8(9, digits);
  return new Uint8Array(view.buffer);
}

/** The first 64 bits of HMAC(key, message ‖ round) for round 0, 1, … */
function* words(key: Uint8Array, message: Uint8Array): Generator<bigint, never> {
  for (let round = 0; ; round += 1) {
    const mac = createHmac('sha256', key).update(message).update(Uint8Array.of(round));
    yield mac.digest().readBigUInt64BE(0);
  }
}

/**
 * The remainder of the first word below the largest multiple of `range`: what lies above it would favour low remainders.
 * @throws RangeError when there is no such word
 */
export function fairRemainder(words: Iterable<bigint>, range: bigint): bigint {
  const limit = WORD_RANGE - (WORD_RANGE % range);
  for (const word of words) {
    if (word < limit) return word % range;
  }
  throw new RangeError('every word lies above the largest multiple of the range');
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
