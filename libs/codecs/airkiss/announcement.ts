// What magic and prefix say: how much data there will be, counted as votes over their repeats.
import { crc8 } from './crc8.js';
import { LIMIT } from './credentials.js';
import { FIELD, fieldSymbol, GUIDE, HEADER, ZERO_NIBBLE } from './symbol.js';

const NIBBLES = 16;
const MAGIC_FIELDS = 4;
/** Votes that outlive a cycle: the next one may announce something else, and must be able to win. */
const CARRIED_OVER = 3;

/** A control symbol and how far behind it the one before was. */
export interface ControlHeard {
  readonly symbol: number;
  readonly previous?: { readonly symbol: number; readonly distance: number };
}

/** Collects the nibbles of one sender, in any order and over several repeats. */
export class Announcement {
  private readonly votes = new Uint16Array(HEADER);
  private readonly totalHighVotes = new Uint16Array(NIBBLES);

  hear({ symbol, previous }: ControlHeard): void {
    this.votes[symbol] = (this.votes[symbol] ?? 0) + 1;
    if (previous) this.voteForTotalHigh(symbol, previous);
  }

  /** Lets the next cycle win against this one where they differ. */
  nextCycle(): void {
    for (const votes of [this.votes, this.totalHighVotes])
      for (let index = 0; index < votes.length; index++)
        votes[index] = Math.min(votes[index] ?? 0, CARRIED_OVER);
  }

  /** Bytes of data in all; undefined until magic was heard. */
  get total(): number | undefined {
    const high = winner(this.totalHighVotes, 0, NIBBLES);
    const low = this.nibble(FIELD.totalLow);
    if (high === undefined || low === undefined) return undefined;
    const total = (high === ZERO_NIBBLE ? 0 : high << 4) | low;
    return total >= 2 && total <= LIMIT.total ? total : undefined;
  }

  /** CRC-8 of the SSID. */
  get ssidCrc(): number | undefined {
    return this.byte(FIELD.ssidCrcHigh);
  }

  /** Bytes of the password; undefined until prefix was heard and its own CRC holds. */
  get passwordLength(): number | undefined {
    const length = this.byte(FIELD.passwordHigh);
    if (length === undefined || length > LIMIT.password) return undefined;
    return crc8([length]) === this.byte(FIELD.passwordCrcHigh) ? length : undefined;
  }

  /** Control symbols heard that belong neither to the guide nor to what is announced. */
  get strays(): number {
    const expected = new Set<number>([
      ...GUIDE,
      0,
      ZERO_NIBBLE,
      winner(this.totalHighVotes, 0, NIBBLES) ?? 0,
    ]);
    for (let field = FIELD.totalLow; field <= FIELD.passwordCrcLow; field++)
      expected.add(fieldSymbol(field, this.nibble(field) ?? 0));
    return this.votes.reduce((sum, count, symbol) => (expected.has(symbol) ? sum : sum + count), 0);
  }

  /**
   * The first nibble of magic looks like the guide, so it counts only at its distance from another field of
   * magic: 4 n before or behind, in a row of four.
   */
  private voteForTotalHigh(symbol: number, previous: { symbol: number; distance: number }): void {
    const field = symbol >> 4;
    const fieldBefore = previous.symbol >> 4;
    const isMagic = (each: number) => each > 0 && each < MAGIC_FIELDS;
    if (field === 0 && isMagic(fieldBefore) && previous.distance === MAGIC_FIELDS - fieldBefore)
      this.vote(symbol);
    if (fieldBefore === 0 && isMagic(field) && previous.distance === field) this.vote(previous.symbol);
  }

  private vote(nibble: number): void {
    this.totalHighVotes[nibble] = (this.totalHighVotes[nibble] ?? 0) + 1;
  }

  private byte(highField: number): number | undefined {
    const high = this.nibble(highField);
    const low = this.nibble(highField + 1);
    return high === undefined || low === undefined ? undefined : (high << 4) | low;
  }

  private nibble(field: number): number | undefined {
    return winner(this.votes, fieldSymbol(field, 0), fieldSymbol(field + 1, 0));
  }
}

/** Index of the highest count; undefined when there is none, or two. */
function winner(votes: Uint16Array, from: number, to: number): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (let index = from; index < to; index++) {
    const count = votes[index] ?? 0;
    if (count === most) best = undefined;
    if (count <= most) continue;
    most = count;
    best = index - from;
  }
  return best;
}
