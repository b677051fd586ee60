// The table of vectors that the specs run through: what the WeChat app sends for which credentials.
import { readFileSync } from 'node:fs';
import type { Credentials } from './credentials.js';

interface Row {
  readonly name: string;
  readonly ssid_hex: string;
  readonly password_hex: string;
  readonly random: number;
  readonly magic: number[];
  readonly prefix: number[];
  readonly sequences: number[][];
}

const vectors: {
  plain: (Row & { total_length: number })[];
  aes: (Row & { transmitted_bytes_hex: string; key_ascii: string })[];
} = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'));

/** One row: credentials as sent, and every symbol of them. */
export interface Vector {
  readonly name: string;
  readonly credentials: Credentials;
  readonly magic: readonly number[];
  readonly prefix: readonly number[];
  readonly sequences: readonly (readonly number[])[];
  readonly total: number;
}

/** A row whose password is encrypted: `credentials` holds what was sent for `plainPassword`. */
export interface EncryptedVector extends Vector {
  readonly key: Uint8Array;
  readonly plainPassword: Uint8Array;
}

export const plainVectors: readonly Vector[] = vectors.plain.map(row => ({
  ...row,
  credentials: { ssid: fromHex(row.ssid_hex), password: fromHex(row.password_hex), random: row.random },
  total: row.total_length,
}));

export const encryptedVectors: readonly EncryptedVector[] = vectors.aes.map(row => {
  const data = fromHex(row.transmitted_bytes_hex);
  const ssid = fromHex(row.ssid_hex);
  return {
    ...row,
    credentials: { ssid, password: data.slice(0, data.length - ssid.length - 1), random: row.random },
    total: data.length,
    key: new TextEncoder().encode(row.key_ascii),
    plainPassword: fromHex(row.password_hex),
  };
});

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], digits => Number.parseInt(digits, 16));
}
