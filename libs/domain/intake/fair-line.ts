// A line in which whoever says little does not stand behind whoever says much; what one speaker says keeps its order.
// As in RFC 8290, whoever had nothing in line is heard before those who go on and on: an alarm enters the next batch.

const mostPast = 64;
/**
 * So many of one speaker in his turn. What a batch costs is mostly a price for each device in it, so with one at a time a
 * crowd in which everybody talks is heard at a third of the speed. Newcomers say one thing first: it may be an alarm.
 */
const inTurn = { newcomer: 1, others: 4 } as const;

interface Lane<T> {
  readonly speaker: string;
  /** What was taken is let go of at once: an old array would keep a whole batch alive. */
  items: (T | undefined)[];
  /** The first that still waits. */
  head: number;
}

export class FairLine<T> {
  /** Those that were taken and came back: before all others, as they were. */
  private front: T[] = [];
  private readonly lanes = new Map<string, Lane<T>>();
  /** The next to be heard first: those who had nothing in line, and those who were heard since. */
  private fresh: Lane<T>[] = [];
  private heard: Lane<T>[] = [];
  private inLanes = 0;

  get length(): number {
    return this.front.length + this.inLanes;
  }

  push(speaker: string, item: T): void {
    const lane = this.lanes.get(speaker);
    if (lane) lane.items.push(item);
    else this.begin({ speaker, items: [item], head: 0 });
    this.inLanes += 1;
  }

  /** A few of each speaker in turn, round after round; who was heard last is last in the next call too. */
  take(most: number): T[] {
    const taken = this.front.splice(0, most);
    while (taken.length < most && this.inLanes > 0) {
      if (this.fresh.length > 0) this.fresh = this.takeRound(this.fresh, inTurn.newcomer, taken, most);
      else {
        const { heard } = this;
        this.heard = [];
        this.heard = this.takeRound(heard, inTurn.others, taken, most).concat(this.heard);
      }
    }
    if (this.inLanes === 0) this.clear();
    return taken;
  }

  putBack(items: readonly T[]): void {
    this.front = [...items, ...this.front];
  }

  /** Takes out those that match. */
  takeWhere(matches: (item: T) => boolean): T[] {
    const all = this.take(this.length);
    const kept = all.filter(item => !matches(item));
    this.putBack(kept);
    return all.filter(matches);
  }

  private begin(lane: Lane<T>): void {
    this.lanes.set(lane.speaker, lane);
    this.fresh.push(lane);
  }

  private clear(): void {
    this.lanes.clear();
    this.heard = [];
  }

  /**
   * Who said his last word keeps his lane until its next turn, so that nobody is fresh twice in a round.
   * @returns the lanes whose turn did not come
   */
  private takeRound(round: readonly Lane<T>[], each: number, taken: T[], most: number): Lane<T>[] {
    const before = taken.length;
    let turn = 0;
    for (; turn < round.length && taken.length < most; turn += 1) {
      const lane = round[turn];
      if (lane === undefined) continue;
      const said = taken.length;
      for (let item = next(lane); item !== undefined; item = next(lane)) {
        taken.push(item);
        if (taken.length === most || taken.length - said === each) break;
      }
      if (taken.length === said) this.lanes.delete(lane.speaker);
      else this.heard.push(lane);
    }
    this.inLanes -= taken.length - before;
    return round.slice(turn);
  }
}

/** Takes out what comes next; a lane that is never empty must not grow for ever. */
function next<T>(lane: Lane<T>): T | undefined {
  const item = lane.items[lane.head];
  if (item === undefined) return undefined;
  lane.items[lane.head] = undefined;
  lane.head += 1;
  if (lane.head >= mostPast) {
    lane.items = lane.items.slice(lane.head);
    lane.head = 0;
  }
  return item;
}
