// Which stamped messages of a device are known, so that what is sent twice counts once.

/** Sequence numbers that one word of bits stands for. */
const inWord = 32;
/** 2 048 messages of a device that counts one by one. */
const mostWords = 64;

export interface Position {
  readonly boot: number;
  readonly seq: number;
}

/** Whether a later message of the same run of the firmware came before this one. */
export function isOvertaken({ boot, seq }: Position, newest: Position | null): boolean {
  return newest !== null && newest.boot === boot && seq < newest.seq;
}

/**
 * Holds the last stamps of one device, a bit for each; older ones are caught by the store's unique key. There is one of
 * these for every device of the fleet, so it is small: a device counts its messages one by one, and neighbours share a
 * word.
 */
export class StampMemory {
  /** By boot, then by the place of the word. */
  private readonly runs = new Map<number, Map<number, number>>();
  private words = 0;
  private newestKnown: Position | null = null;

  constructor(recent: readonly Position[] = []) {
    for (const { boot, seq } of recent) this.add(boot, seq);
  }

  has(boot: number, seq: number): boolean {
    const word = this.runs.get(boot)?.get(placeOf(seq));
    return word !== undefined && (word & bitOf(seq)) !== 0;
  }

  /** The furthest that the present run of the firmware has come. */
  get newest(): Position | null {
    return this.newestKnown;
  }

  add(boot: number, seq: number): void {
    const run = this.runs.get(boot) ?? this.begin(boot);
    const word = run.get(placeOf(seq));
    run.set(placeOf(seq), (word ?? 0) | bitOf(seq));
    if (!isOvertaken({ boot, seq }, this.newestKnown)) this.newestKnown = { boot, seq };
    if (word === undefined) this.makeRoom();
  }

  private begin(boot: number): Map<number, number> {
    const run = new Map<number, number>();
    this.runs.set(boot, run);
    return run;
  }

  /** A word has come: the oldest of the oldest run goes. */
  private makeRoom(): void {
    this.words += 1;
    if (this.words <= mostWords) return;
    this.words -= 1;
    for (const [boot, run] of this.runs) {
      for (const place of run.keys()) {
        run.delete(place);
        break;
      }
      if (run.size === 0) this.runs.delete(boot);
      break;
    }
  }
}

const placeOf = (seq: number): number => Math.floor(seq / inWord);
const bitOf = (seq: number): number => 1 << (seq % inWord);
