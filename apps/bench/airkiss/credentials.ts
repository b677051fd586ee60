// The credentials of the measurements: those of a typical home, and the longest that official devices take.
import type { Credentials } from '#codecs/airkiss';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

export const LENGTHS = {
  /** SSID and password of 10 bytes each. */
  typical: { ssid: text('HomeNet-2G'), password: text('secretpass') },
  /** 32 bytes each. */
  long: {
    ssid: text('0123456789abcdefghijklmnopqrstuv'),
    password: text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef'),
  },
} as const satisfies Readonly<Record<string, Omit<Credentials, 'random'>>>;

export type LengthName = keyof typeof LENGTHS;
