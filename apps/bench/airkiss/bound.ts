// The bound: whoever remembers single symbols needs every byte of the data once, and nobody can do with less.
import type { AirKissProgram, Frame } from '#codecs/airkiss';

const DATA = 0x100;

/** Watches which bytes were heard at least once. */
export class Bound {
  private readonly missing: Set<number>;

  constructor(
    program: AirKissProgram,
    private readonly source: string,
  ) {
    const round = program.sequences.flat();
    this.missing = new Set(round.flatMap((symbol, position) => (symbol >= DATA ? [position] : [])));
  }

  /** `position` is the place in the round of what was sent; undefined outside the data phase. */
  hear(frames: readonly Frame[], position: number | undefined): 'all' | undefined {
    if (position !== undefined && frames.some(({ source }) => source === this.source))
      this.missing.delete(position);
    return this.missing.size === 0 ? 'all' : undefined;
  }
}
