// The alphabet of AirKiss: a symbol is the payload length of one datagram, 1 to 0x1ff (AirKiss §1).

/** The symbols of the guide, repeated; the shortest heard minus one is the constant overhead of a frame. */
export const GUIDE = [1, 2, 3, 4] as const;

/** First symbol of a group's header; below it are guide, magic and prefix. */
export const HEADER = 0x80;

/** First symbol that carries a byte of data. */
export const DATA = 0x100;

/** Longest symbol. */
export const LONGEST = 0x1ff;

/** What the leading bits of a symbol say it is. */
export type SymbolKind = 'control' | 'header' | 'data' | 'stray';

/** Sorts a symbol by its leading bits; what no sender would send is a stray. */
export function kindOf(symbol: number): SymbolKind {
  if (symbol < 0 || symbol > LONGEST) return 'stray';
  if (symbol >= DATA) return 'data';
  return symbol >= HEADER ? 'header' : 'control';
}

/** The eight nibbles that magic and prefix spell out; a field's number is the high nibble of its symbol. */
export const FIELD = {
  totalHigh: 0,
  totalLow: 1,
  ssidCrcHigh: 2,
  ssidCrcLow: 3,
  passwordHigh: 4,
  passwordLow: 5,
  passwordCrcHigh: 6,
  passwordCrcLow: 7,
} as const;

/** Writes a nibble into its field's symbol. */
export const fieldSymbol = (field: number, nibble: number): number => (field << 4) | nibble;

/**
 * Sent as the high nibble of a total below 16: the symbol 0 would be an empty datagram (AirKiss §1, quirk).
 */
export const ZERO_NIBBLE = 8;
