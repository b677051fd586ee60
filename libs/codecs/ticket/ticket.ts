// A ticket: 140 bits in 28 symbols that name one device and can neither be guessed nor forged (README.md).
import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalSymbols, fromSymbols, toSymbols } from './alphabet.js';
import { packClaims, type TicketClaims, unpackClaims } from './claims.js';
import type { KeyRing } from './key-ring.js';
import { subkey } from './subkeys.js';

/** Symbols of a ticket. */
export const TICKET_LENGTH = 28;

const MAC_BYTES = 9;
const MAC_BITS = 72n;
const MAC_MASK = (1n << MAC_BITS) - 1n;
const BLOCK_BYTES = 8;
const BLOCK_BITS = 60n;
const BLOCK_MASK = (1n << BLOCK_BITS) - 1n;

/** First bytes of what is authenticated and of what makes the keystream. Printed on labels: never change them. */
const MAC_DOMAIN = 'airbind ticket';
const KEYSTREAM_DOMAIN = 'airbind ticket block';

/** One refusal for everything, so that nothing can be learnt from it. */
export type TicketReading = ({ ok: true; keyId: number } & TicketClaims) | { ok: false };

const REFUSED: TicketReading = { ok: false };

/** The same ring and claims always give the same ticket. @throws RangeError when a claim does not fit its bits. */
export function issueTicket(ring: KeyRing, claims: TicketClaims): string {
  const block = packClaims(claims);
  const keyId = ring.current;
  const keys = ticketKeys(ring, keyId);
  if (!keys) {
    throw new RangeError(`the ring has no key ${keyId} to make tickets with`);
  }
  const mac = macOf(keys.mac, keyId, block);
  const sealed = block ^ keystream(keys.enc, keyId, mac);
  const value = (((BigInt(keyId) << BLOCK_BITS) | sealed) << MAC_BITS) | toBigInt(mac);
  return toSymbols(value, TICKET_LENGTH);
}

/**
 * What a ticket of this ring says. Takes either case, O for 0, I and L for 1, hyphens and blanks anywhere.
 * Never throws; reads no database: whether the generation is still current is another question.
 */
export function readTicket(ring: KeyRing, text: string): TicketReading {
  const ticket = canonicalTicket(text);
  if (ticket === undefined) {
    return REFUSED;
  }
  const value = fromSymbols(ticket);
  const keyId = Number(value >> (BLOCK_BITS + MAC_BITS));
  const keys = ticketKeys(ring, keyId);
  if (!keys) {
    return REFUSED;
  }
  const mac = toBytes(value & MAC_MASK, MAC_BYTES);
  const block = ((value >> MAC_BITS) & BLOCK_MASK) ^ keystream(keys.enc, keyId, mac);
  return timingSafeEqual(mac, macOf(keys.mac, keyId, block))
    ? { ok: true, keyId, ...unpackClaims(block) }
    : REFUSED;
}

/** The 28 canonical symbols of a text that has the shape of a ticket; undefined otherwise. Proves nothing. */
export function canonicalTicket(text: string): string | undefined {
  const symbols = canonicalSymbols(text);
  return symbols?.length === TICKET_LENGTH ? symbols : undefined;
}

function ticketKeys(ring: KeyRing, keyId: number): { mac: Uint8Array; enc: Uint8Array } | undefined {
  const mac = subkey(ring, keyId, 'mac');
  const enc = subkey(ring, keyId, 'enc');
  return mac && enc && { mac, enc };
}

/** HMAC-SHA256(mac, domain ‖ key id ‖ block in 8 bytes), its first 72 bits. */
function macOf(key: Uint8Array, keyId: number, block: bigint): Uint8Array {
  const message = createHmac('sha256', key).update(MAC_DOMAIN).update(Uint8Array.of(keyId));
  return message.update(toBytes(block, BLOCK_BYTES)).digest().subarray(0, MAC_BYTES);
}

/** HMAC-SHA256(enc, domain ‖ key id ‖ MAC), the last 60 of its first 64 bits: the MAC is the IV (RFC 5297). */
function keystream(key: Uint8Array, keyId: number, mac: Uint8Array): bigint {
  const message = createHmac('sha256', key).update(KEYSTREAM_DOMAIN).update(Uint8Array.of(keyId));
  return message.update(mac).digest().readBigUInt64BE(0) & BLOCK_MASK;
}

function toBytes(value: bigint, length: number): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex'));
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
