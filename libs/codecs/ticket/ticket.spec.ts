// Tickets: the printed format is fixed, every ticket comes back, and nothing else is let in.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALPHABET } from './alphabet.js';
import { issueTicket, type KeyRing, MAX_BATCH, MAX_GENERATION, MAX_NUMBER, readTicket } from './index.js';
import { counting, rotated, VECTORS } from './ticket.vectors.js';

const REFUSED = { ok: false };

const claims = fc.record({
  batch: fc.integer({ min: 0, max: MAX_BATCH }),
  number: fc.integer({ min: 0, max: MAX_NUMBER }),
  generation: fc.integer({ min: 0, max: MAX_GENERATION }),
});
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

function ringOf(id: number, bytes: Uint8Array): KeyRing {
  return { current: id, keys: new Map([[id, bytes]]) };
}

function everyOtherSymbolAt(ticket: string, place: number): string[] {
  return [...ALPHABET]
    .filter(symbol => symbol !== ticket[place])
    .map(symbol => ticket.slice(0, place) + symbol + ticket.slice(place + 1));
}

describe('the printed format', () => {
  it.each(VECTORS)('issues $ticket', ({ ring, claims, ticket }) => {
    expect(issueTicket(ring, claims)).toBe(ticket);
  });

  it.each(VECTORS)('reads $ticket', ({ ring, claims, ticket }) => {
    expect(readTicket(ring, ticket)).toEqual({ ok: true, keyId: ring.current, ...claims });
  });
});

describe('a ticket', () => {
  it('comes back for every key and every claim', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), key, claims, (id, bytes, said) => {
        const ring = ringOf(id, bytes);
        expect(readTicket(ring, issueTicket(ring, said))).toEqual({ ok: true, keyId: id, ...said });
      }),
    );
  });

  it('does not show its batch and number: neighbours differ all over, even in the encrypted block', () => {
    const blocks = Array.from({ length: 64 }, (_, number) =>
      issueTicket(counting, { batch: 1, number, generation: 0 }).slice(2, 13),
    );
    for (const place of Array.from({ length: 11 }, (_, index) => index)) {
      expect(new Set(blocks.map(block => block[place])).size).toBeGreaterThan(8);
    }
  });

  it.each([
    { batch: -1, number: 1, generation: 0 },
    { batch: MAX_BATCH + 1, number: 1, generation: 0 },
    { batch: 1, number: MAX_NUMBER + 1, generation: 0 },
    { batch: 1, number: 1.5, generation: 0 },
    { batch: 1, number: Number.NaN, generation: 0 },
    { batch: 1, number: 1, generation: MAX_GENERATION + 1 },
  ])('is not issued for claims that do not fit: $batch, $number, $generation', said => {
    expect(() => issueTicket(counting, said)).toThrow(RangeError);
  });

  it('is not issued by a ring that lacks its own current key', () => {
    expect(() =>
      issueTicket({ current: 9, keys: counting.keys }, { batch: 1, number: 1, generation: 0 }),
    ).toThrow(/no key 9/);
  });
});

describe('what a person may do to a ticket', () => {
  const said = { batch: 0, number: 0, generation: 0 };
  const ticket = issueTicket(counting, said);
  const read = { ok: true, keyId: 1, ...said };

  it.each([
    ['lower case', ticket.toLowerCase()],
    ['O for 0', ticket.replaceAll('0', 'O')],
    ['o for 0', ticket.replaceAll('0', 'o')],
    ['I for 1', ticket.replaceAll('1', 'I')],
    ['l for 1', ticket.replaceAll('1', 'l')],
    ['hyphens', ticket.replace(/.{4}/g, '$&-')],
    ['typographic hyphens', ticket.replace(/.{4}/g, '$&\u2010')],
    ['blanks, tabs and line ends', `  ${ticket.replace(/.{5}/g, '$&\t')}\r\n`],
    ['a no-break space', `${ticket}\u00a0`],
  ])('is read with %s', (_, written) => {
    expect(written).not.toBe(ticket);
    expect(readTicket(counting, written)).toEqual(read);
  });
});

describe('what is refused, always alike', () => {
  const valid = issueTicket(counting, { batch: 1, number: 1, generation: 0 });

  it.each(VECTORS)('every single wrong symbol in $ticket', ({ ring, ticket }) => {
    const wrong = Array.from(ticket, (_, place) => everyOtherSymbolAt(ticket, place)).flat();
    expect(wrong).toHaveLength(28 * 31);
    expect(wrong.filter(text => readTicket(ring, text).ok)).toEqual([]);
  });

  it.each(VECTORS)('every swap of neighbours in $ticket', ({ ring, ticket }) => {
    const swapped = Array.from(
      { length: ticket.length - 1 },
      (_, place) =>
        ticket.slice(0, place) + ticket.charAt(place + 1) + ticket.charAt(place) + ticket.slice(place + 2),
    );
    expect(swapped.filter(text => text !== ticket && readTicket(ring, text).ok)).toEqual([]);
  });

  it('a storm of any strings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 64 }), text => {
        expect(readTicket(rotated, text)).toEqual(REFUSED);
      }),
      { numRuns: 5_000 },
    );
  });

  it('a storm of well-formed strings, under a key id that exists', () => {
    const symbols = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 26, maxLength: 26 });
    fc.assert(
      fc.property(fc.constantFrom('05', '09'), symbols, (head, tail) => {
        expect(readTicket(rotated, head + tail)).toEqual(REFUSED);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['a symbol too few', valid.slice(1)],
    ['a symbol too many', `${valid}0`],
    ['a letter outside the alphabet', `${valid.slice(0, -1)}U`],
    ['a long s, which upper case would make an S', '05RV1P5Q8448M5GXNM9W2MVA\u017f3YQ'],
    ['digits of another script', '0\uff15RV1P5Q8448M5GXNM9W2MVAS3YQ'],
    ['half a surrogate pair', `${valid.slice(1)}\ud800`],
    ['only hyphens', '-'.repeat(28)],
  ])('%s', (_, text) => {
    expect(readTicket(counting, text)).toEqual(REFUSED);
  });

  it('a ticket of another key under the same id', () => {
    fc.assert(
      fc.property(key, key, claims, (ours, theirs, said) => {
        fc.pre(Buffer.compare(ours, theirs) !== 0);
        expect(readTicket(ringOf(1, ours), issueTicket(ringOf(1, theirs), said))).toEqual(REFUSED);
      }),
    );
  });

  it('a ticket whose key id was changed to that of the same key', () => {
    const bytes = new Uint8Array(32).fill(5);
    const twice = {
      current: 1,
      keys: new Map([
        [1, bytes],
        [2, bytes],
      ]),
    };
    const moved = issueTicket(twice, { batch: 1, number: 1, generation: 0 }).replace(/^0[4-7]/, pair =>
      pair.replace(/.$/, symbol => ALPHABET.charAt(ALPHABET.indexOf(symbol) + 4)),
    );
    expect(readTicket(twice, moved)).toEqual(REFUSED);
  });
});

describe('a rotated ring', () => {
  it('still reads what the old key made, and says which key that was', () => {
    const old = issueTicket(counting, { batch: 3, number: 4, generation: 5 });
    expect(readTicket(rotated, old)).toEqual({ ok: true, keyId: 1, batch: 3, number: 4, generation: 5 });
  });

  it('makes new tickets with the new key, which the old ring does not know', () => {
    const fresh = issueTicket(rotated, { batch: 3, number: 4, generation: 5 });
    expect(readTicket(rotated, fresh)).toMatchObject({ ok: true, keyId: 2 });
    expect(readTicket(counting, fresh)).toEqual(REFUSED);
  });

  it('refuses the tickets of a key that was taken out', () => {
    const old = issueTicket(counting, { batch: 3, number: 4, generation: 5 });
    const without = { current: 2, keys: new Map([...rotated.keys].filter(([id]) => id !== 1)) };
    expect(readTicket(without, old)).toEqual(REFUSED);
  });
});
