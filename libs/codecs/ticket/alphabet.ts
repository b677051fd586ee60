// Crockford's base32 as a ticket uses it: 32 symbols of 5 bits, and what people write instead of them.

/** The 32 symbols by value. I, L, O and U are missing (Crockford, "Base 32"). */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const SYMBOL_BITS = 5n;

const CONFUSIONS: ReadonlyArray<readonly [string, string]> = [
  ['O', '0'],
  ['I', '1'],
  ['L', '1'],
];

/** Value by character. A table and not toUpperCase(), which would turn 'ſ' into 'S' and 'ı' into 'I'. */
const VALUES = new Map<string, number>(
  [...[...ALPHABET].map(symbol => [symbol, symbol] as const), ...CONFUSIONS].flatMap(([written, meant]) => {
    const value = ALPHABET.indexOf(meant);
    return [[written, value] as const, [written.toLowerCase(), value] as const];
  }),
);

/** What people put between the groups: blanks of any kind, and the hyphens U+002D, U+2010 and U+2011. */
const SEPARATORS = /[\s\u002d\u2010\u2011]/gu;

/** The symbol of a value from 0 to 31. */
export function symbolOf(value: number): string {
  return ALPHABET.charAt(value);
}

/**
 * The text as canonical symbols: separators left out, either case, O, I and L forgiven; undefined when it holds
 * anything else.
 */
export function canonicalSymbols(text: string): string | undefined {
  const values = Array.from(text.replace(SEPARATORS, ''), character => VALUES.get(character));
  return values.every(value => value !== undefined) ? values.map(symbolOf).join('') : undefined;
}

/** `length` canonical symbols for a number below 32^length, most significant first. */
export function toSymbols(value: bigint, length: number): string {
  const symbols = Array.from(value.toString(32), digit => symbolOf(Number.parseInt(digit, 32)));
  return symbols.join('').padStart(length, symbolOf(0));
}

/** The number that canonical symbols spell. */
export function fromSymbols(symbols: string): bigint {
  let value = 0n;
  for (const symbol of symbols) {
    value = (value << SYMBOL_BITS) | BigInt(ALPHABET.indexOf(symbol));
  }
  return value;
}
