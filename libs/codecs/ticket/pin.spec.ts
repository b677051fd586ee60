// PINs: fixed for ever, different for every device, evenly spread, compared as a whole.
import { describe, expect, it } from '@jest/globals';
import { derivePin, pinMatches } from './index.js';
import { fairRemainder } from './pin.js';
import { counting, rotated, VECTORS } from './ticket.vectors.js';

const subject = { keyId: 1, batch: 1, number: 1 };

describe('the PIN of a device', () => {
  it.each(VECTORS)('of $ticket is fixed in 8 and in 6 digits', ({ ring, claims, pin8, pin6 }) => {
    const of = { keyId: ring.current, ...claims };
    expect(derivePin(ring, of)).toBe(pin8);
    expect(derivePin(ring, of, 6)).toBe(pin6);
  });

  it('belongs to generation 0 unless another is named', () => {
    expect(derivePin(counting, subject)).toBe(derivePin(counting, { ...subject, generation: 0 }));
    expect(derivePin(counting, subject)).not.toBe(derivePin(counting, { ...subject, generation: 1 }));
  });

  it('stays the same after the ring was rotated', () => {
    expect(derivePin(rotated, subject)).toBe(derivePin(counting, subject));
  });

  it('favours no digit in any place', () => {
    const runs = 5_000;
    const pins = Array.from({ length: runs }, (_, number) => derivePin(counting, { ...subject, number }, 6));
    for (const place of [0, 1, 2, 3, 4, 5]) {
      const counts = Array.from('0123456789', digit => pins.filter(pin => pin[place] === digit).length);
      const chiSquare = counts.reduce((sum, count) => sum + (count - runs / 10) ** 2 / (runs / 10), 0);
      // 9 degrees of freedom: 27.9 is passed once in a thousand; the PINs are fixed, so this never flickers.
      expect(chiSquare).toBeLessThan(27.9);
    }
  });

  it.each([5, 13, 6.5, Number.NaN])('is not made with %d digits', digits => {
    expect(() => derivePin(counting, subject, digits)).toThrow(RangeError);
  });

  it('is not made with a key that the ring lacks, or for a device that does not fit', () => {
    expect(() => derivePin(counting, { ...subject, keyId: 2 })).toThrow(/no key 2/);
    expect(() => derivePin(counting, { ...subject, number: 2 ** 32 })).toThrow(RangeError);
  });
});

describe('the remainder that becomes a PIN', () => {
  const limit = 2n ** 64n - (2n ** 64n % 1_000_000n);

  it('passes over words from the largest multiple of the range on, which would favour low PINs', () => {
    expect(fairRemainder([2n ** 64n - 1n, limit, limit - 1n, 7n], 1_000_000n)).toBe(999_999n);
    expect(fairRemainder([limit, 7n], 1_000_000n)).toBe(7n);
  });

  it('is not made up when no word is fair', () => {
    expect(() => fairRemainder([limit], 1_000_000n)).toThrow(RangeError);
  });
});

describe('a typed PIN', () => {
  it.each(['12345678', '1234 5678', ' 1234-5678\n'])('%j matches 12345678', typed => {
    expect(pinMatches('12345678', typed)).toBe(true);
  });

  it.each(['', '1234567', '123456789', '12345679', '02345678', '１２３４５６７８'])('%j does not', typed => {
    expect(pinMatches('12345678', typed)).toBe(false);
  });
});
