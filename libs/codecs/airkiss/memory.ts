// The memory of single symbols by their place in the round, over all rounds, cycles and copies.
import type { RoundLayout } from './layout.js';
import { DATA } from './symbol.js';

/** A symbol that was heard at a known place. */
export interface Placed {
  readonly position: number;
  readonly symbol: number;
  /** Chance that the place is wrong. */
  readonly doubt: number;
  /** Number of the stream it was heard on, to tell a second copy of one packet from a second round. */
  readonly stream: number;
}

/** What a placed symbol did to the memory. */
export type Recall = 'new' | 'agrees' | 'copy' | 'conflicts' | 'takes-over';

/** Two copies of one packet arrive within so many frames. */
const COPY_WITHIN = 8;
/** Hits beyond this add nothing, so that a sender who starts anew is believed within a few rounds. */
const MOST_HITS = 4;
/** How many bytes it takes until the bytes heard say more about the next one than nothing does. */
const CONCENTRATION = 16;
const TRUST_ONCE = 0.98;
const TRUST_TWICE = 0.9999;
const TRUST_DISPUTED = 0.7;

/** Symbols of one round: for each position the leading symbol, how often it was heard, and its rival. */
export class SymbolMemory {
  /** Leading symbol at each position, 0 where nothing was heard; index positions are known from the start. */
  readonly expected: Uint16Array;
  /** How far the leading symbol is believed. */
  readonly trust: Float64Array;
  private readonly hits: Uint8Array;
  private readonly rival: Uint16Array;
  private readonly rivalHits: Uint8Array;
  private readonly doubt: Float64Array;
  private readonly lastStream: Uint8Array;
  private readonly lastTime: Uint32Array;
  private time = 0;
  private bytesKnown = 0;
  /** Positions of bytes and checks where nothing was heard yet. */
  missing: number;

  constructor(readonly layout: RoundLayout) {
    const { size, slots } = layout;
    this.expected = Uint16Array.from(slots, slot => (slot.kind === 'index' ? slot.symbol : 0));
    this.trust = Float64Array.from(slots, slot => (slot.kind === 'index' ? 1 : 0));
    this.hits = new Uint8Array(size);
    this.rival = new Uint16Array(size);
    this.rivalHits = new Uint8Array(size);
    this.doubt = new Float64Array(size).fill(1);
    this.lastStream = new Uint8Array(size);
    this.lastTime = new Uint32Array(size);
    this.missing = slots.filter(slot => slot.kind !== 'index').length;
  }

  /** Files a symbol under its place. */
  place({ position, symbol, doubt, stream }: Placed): Recall {
    this.time++;
    const recall = this.recall(position, symbol, doubt, stream);
    this.lastStream[position] = stream;
    this.lastTime[position] = this.time;
    this.trust[position] = this.trustIn(position);
    return recall;
  }

  /** The same reception is less doubtful than it was when it was placed. */
  assure({ position, symbol, doubt }: Placed): void {
    if (symbol === at(this.expected, position))
      this.doubt[position] = Math.min(at(this.doubt, position), doubt);
  }

  /** Looks at something as if what was heard only once at these positions were not known. */
  without(positions: readonly number[], look: () => void): void {
    const trust = this.trust.slice();
    for (const position of positions) if (at(this.hits, position) === 1) this.trust[position] = 0;
    look();
    this.trust.set(trust);
  }

  /**
   * Chance of this byte where none is known yet. Bytes that were heard elsewhere are likelier: without this,
   * a password of one repeated digit would look like a sender that jumps about.
   */
  likelihood(symbol: number): number {
    let same = 0;
    for (const known of this.expected) if (known === symbol) same++;
    return (same + CONCENTRATION / 256) / (this.bytesKnown + CONCENTRATION);
  }

  /** How many rounds the leading symbol is ahead of its rival. */
  lead(position: number): number {
    return at(this.hits, position) - at(this.rivalHits, position);
  }

  /** Chance that the leading symbol stands at the wrong place. */
  doubtAt(position: number): number {
    return at(this.doubt, position);
  }

  private recall(position: number, symbol: number, doubt: number, stream: number): Recall {
    if (at(this.hits, position) === 0) {
      this.putFirst(position, symbol, doubt, 1);
      this.missing--;
      if (symbol >= DATA) this.bytesKnown++;
      return 'new';
    }
    const copy = this.isCopy(position, stream);
    if (symbol === at(this.expected, position)) {
      this.doubt[position] = Math.min(at(this.doubt, position), doubt);
      if (copy) return 'copy';
      this.hits[position] = Math.min(MOST_HITS, at(this.hits, position) + 1);
      return 'agrees';
    }
    return this.dispute(position, symbol, doubt);
  }

  private dispute(position: number, symbol: number, doubt: number): Recall {
    const known = at(this.rival, position) === symbol;
    const hits = known ? at(this.rivalHits, position) + 1 : 1;
    const leading = at(this.hits, position);
    if (hits <= leading) {
      this.rival[position] = symbol;
      this.rivalHits[position] = hits;
      return 'conflicts';
    }
    this.rival[position] = at(this.expected, position);
    this.rivalHits[position] = leading;
    this.putFirst(position, symbol, doubt, hits);
    return leading > 1 ? 'takes-over' : 'conflicts';
  }

  private putFirst(position: number, symbol: number, doubt: number, hits: number): void {
    this.expected[position] = symbol;
    this.hits[position] = hits;
    this.doubt[position] = doubt;
  }

  private isCopy(position: number, stream: number): boolean {
    return stream !== at(this.lastStream, position) && this.time - at(this.lastTime, position) <= COPY_WITHIN;
  }

  private trustIn(position: number): number {
    if (at(this.rivalHits, position) > 0) return TRUST_DISPUTED;
    return at(this.hits, position) > 1 ? TRUST_TWICE : TRUST_ONCE;
  }
}

const at = (values: { readonly [index: number]: number }, index: number): number => values[index] ?? 0;
