// A line in which whoever says little does not stand behind whoever says much; what one speaker says keeps its order.
// As in RFC 8290, whoever had nothing in line is heard before those who go on and on: an alarm enters the next batch.

const mostPast = 64;

interface Lane<T> {
  items: T[];
  /** The first that still waits. */
  head: number;
}

export class FairLine<T> {
  /** Those that were taken and came back: before all others, as they were. */
  private front: T[] = [];
  /** By speaker, the next to be heard first: those who had nothing in line, and those who were heard since. */
  private readonly fresh = new Map<string, Lane<T>>();
  private readonly heard = new Map<string, Lane<T>>();
  private inLanes = 0;

  get length(): number {
    return this.front.length + this.inLanes;
  }

  push(speaker: string, item: T): void {
    const lane = this.heard.get(speaker) ?? this.fresh.get(speaker);
    if (lane) lane.items.push(item);
    else this.fresh.set(speaker, { items: [item], head: 0 });
    this.inLanes += 1;
  }

  /** One of each speaker in turn, round after round; who was heard last is last in the next call too. */
  take(most: number): T[] {
    const taken = this.front.splice(0, most);
    while (taken.length < most && this.inLanes > 0)
      this.takeRound(this.fresh.size > 0 ? this.fresh : this.heard, taken, most);
    if (this.inLanes === 0) this.heard.clear();
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

  /** Who said his last word keeps his lane until its next turn, so that nobody is fresh twice in a round. */
  private takeRound(lanes: Map<string, Lane<T>>, taken: T[], most: number): void {
    const next: [string, Lane<T>][] = [];
    const before = taken.length;
    for (const [speaker, lane] of lanes) {
      if (taken.length === most) break;
      lanes.delete(speaker);
      const item = lane.items[lane.head];
      if (item === undefined) continue;
      taken.push(item);
      lane.head += 1;
      next.push([speaker, lane]);
    }
    this.inLanes -= taken.length - before;
    for (const [speaker, lane] of next) this.heard.set(speaker, shortened(lane));
  }
}

/** A lane that is never empty must not keep for ever what it was. */
function shortened<T>(lane: Lane<T>): Lane<T> {
  return lane.head < mostPast ? lane : { items: lane.items.slice(lane.head), head: 0 };
}
