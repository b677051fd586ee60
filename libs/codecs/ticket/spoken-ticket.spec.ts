// The spoken form: what it looks like, and which slips its check character finds and which it cannot.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALPHABET } from './alphabet.js';
import { readSpoken, spokenTicket } from './index.js';
import { VECTORS } from './ticket.vectors.js';

const symbol = fc.constantFrom(...ALPHABET);
const ticket = fc.string({ unit: symbol, minLength: 28, maxLength: 28 });
const SLIP = { ok: false, why: 'check-digit' };

/** The 29 symbols without their hyphens. */
function spokenSymbols(of: string): string {
  return spokenTicket(of).replaceAll('-', '');
}

function swapped(text: string, place: number): string {
  return text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2);
}

describe('the spoken form', () => {
  it.each(VECTORS)('of $ticket is $spoken', ({ ticket, spoken }) => {
    expect(spokenTicket(ticket)).toBe(spoken);
    expect(readSpoken(spoken)).toEqual({ ok: true, ticket });
  });

  it('comes back for every ticket, in lower case, with blanks and with confused letters', () => {
    fc.assert(
      fc.property(ticket, of => {
        const careless = spokenTicket(of)
          .toLowerCase()
          .replaceAll('-', ' ')
          .replaceAll('0', 'o')
          .replaceAll('1', 'L');
        expect(readSpoken(careless)).toEqual({ ok: true, ticket: of });
      }),
    );
  });

  it('is not made of a text that is no ticket', () => {
    expect(() => spokenTicket('05RV')).toThrow(RangeError);
  });

  it.each([
    ['alphabet', '05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3YQ-*'],
    ['alphabet', '05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3YU-J'],
    ['length', ''],
    ['length', '05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3YQ'],
    ['length', '05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3YQ-JJ'],
    ['check-digit', '05RV-1P5Q-8448-M5GX-NM9W-2MVA-S3YQ-K'],
  ])('says %s for %s', (why, text) => {
    expect(readSpoken(text)).toEqual({ ok: false, why });
  });
});

describe('the check character', () => {
  it('finds every single wrong symbol, itself included', () => {
    fc.assert(
      fc.property(ticket, fc.nat(28), symbol, (of, place, wrong) => {
        const right = spokenSymbols(of);
        fc.pre(right[place] !== wrong);
        expect(readSpoken(right.slice(0, place) + wrong + right.slice(place + 1))).toEqual(SLIP);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds every swap of neighbours in either place but one pair, 0 and Z', () => {
    const missed = new Set<string>();
    const pairs = [...ALPHABET].flatMap(left => [...ALPHABET].map(right => left + right));
    for (const pair of pairs.filter(([left, right]) => left !== right)) {
      for (const place of [0, 1]) {
        const right = spokenSymbols('K'.repeat(place) + pair + 'K'.repeat(26 - place));
        if (readSpoken(swapped(right, place)).ok) {
          missed.add(pair);
        }
      }
    }
    expect([...missed]).toEqual(['0Z', 'Z0']);
  });

  it('finds the swap of the last symbol with itself, again but for 0 and Z', () => {
    fc.assert(
      fc.property(ticket, of => {
        const right = spokenSymbols(of);
        const pair = right.slice(-2);
        fc.pre(pair[0] !== pair[1] && pair !== '0Z' && pair !== 'Z0');
        expect(readSpoken(swapped(right, 27))).toEqual(SLIP);
      }),
    );
  });

  it('cannot find a swap of 0 and Z, nor one of symbols two places apart: the MAC of the ticket does', () => {
    const missed = spokenSymbols(`0Z${'K'.repeat(26)}`);
    expect(readSpoken(swapped(missed, 0))).toMatchObject({ ok: true });
    const apart = spokenSymbols(`2K3${'K'.repeat(25)}`);
    expect(readSpoken(`3K2${apart.slice(3)}`)).toMatchObject({ ok: true });
  });
});
