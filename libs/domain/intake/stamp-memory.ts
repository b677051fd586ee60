// Which stamped messages of a device are known, so that what is sent twice counts once.

/** Ranges of one device in memory: one that counts its messages one by one has one for each run of its firmware. */
const mostRanges = 64;

export interface Position {
  readonly boot: number;
  readonly seq: number;
}

/** Messages of one run of the firmware that came one after the other, both ends included. */
export interface StampRange {
  readonly boot: number;
  readonly first: number;
  readonly last: number;
}

/** Messages one after the other of which each was known already, with nothing new in between. */
export interface Repeats {
  /** When the first of them came. */
  readonly since: number;
  readonly messages: number;
}

export function oneMore(repeats: Repeats | null, at: number): Repeats {
  return { since: repeats?.since ?? at, messages: (repeats?.messages ?? 0) + 1 };
}

type Growing = { -readonly [P in keyof StampRange]: StampRange[P] };

/** Whether a later message of the same run of the firmware came before this one. */
export function isOvertaken({ boot, seq }: Position, newest: Position | null): boolean {
  return newest !== null && newest.boot === boot && seq < newest.seq;
}

/**
 * Holds the stamps of one device as ranges, the one that grew last at the end. There is one of these for every device
 * of the fleet, so it is small, and a device that leaves many gaps is forgotten from the old end.
 */
export class StampMemory {
  private readonly ranges: Growing[] = [];
  private newestKnown: Position | null = null;
  /** Of all that came last; null: that was new. Known since the file was opened. */
  repeats: Repeats | null = null;

  /** @param recent the one that grew last at the end */
  constructor(recent: readonly StampRange[] = []) {
    for (const { boot, first, last } of recent) {
      this.ranges.push({ boot, first, last });
      this.note(boot, last);
    }
  }

  has(boot: number, seq: number): boolean {
    // What comes twice came lately.
    for (let place = this.ranges.length - 1; place >= 0; place -= 1) {
      const range = this.ranges[place];
      if (range?.boot === boot && seq >= range.first && seq <= range.last) return true;
    }
    return false;
  }

  /** The furthest that the present run of the firmware has come. */
  get newest(): Position | null {
    return this.newestKnown;
  }

  /** What is not known yet. */
  add(boot: number, seq: number): void {
    this.note(boot, seq);
    const latest = this.ranges.at(-1);
    if (latest?.boot === boot && latest.last === seq - 1) latest.last = seq;
    else this.addElsewhere(boot, seq);
  }

  private addElsewhere(boot: number, seq: number): void {
    const { ranges } = this;
    const place = ranges.findIndex(range => range.boot === boot && range.last === seq - 1);
    const [range = { boot, first: seq, last: seq }] = place < 0 ? [] : ranges.splice(place, 1);
    range.last = seq;
    ranges.push(range);
    if (ranges.length > mostRanges) ranges.shift();
  }

  private note(boot: number, seq: number): void {
    if (!isOvertaken({ boot, seq }, this.newestKnown)) this.newestKnown = { boot, seq };
  }
}

/** Neighbours that follow one another as one. */
export function joined(ranges: Iterable<StampRange>): StampRange[] {
  const all: Growing[] = [];
  for (const range of ranges) {
    const latest = all.at(-1);
    if (latest?.boot === range.boot && latest.last === range.first - 1) latest.last = range.last;
    else all.push({ ...range });
  }
  return all;
}
