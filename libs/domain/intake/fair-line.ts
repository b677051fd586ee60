// A line in which whoever says little does not stand behind whoever says much; what one speaker says keeps its order.

const mostPast = 64;

interface Lane<T> {
  items: T[];
  /** The first that still waits. */
  head: number;
}

export class FairLine<T> {
  /** Those that were taken and came back: before all others, as they were. */
  private front: T[] = [];
  /** By speaker; the next to be heard stands first. */
  private readonly lanes = new Map<string, Lane<T>>();
  private inLanes = 0;

  get length(): number {
    return this.front.length + this.inLanes;
  }

  push(speaker: string, item: T): void {
    const lane = this.lanes.get(speaker);
    if (lane) lane.items.push(item);
    else this.lanes.set(speaker, { items: [item], head: 0 });
    this.inLanes += 1;
  }

  /** One of each speaker in turn, round after round; who was heard last is last in the next call too. */
  take(most: number): T[] {
    const taken = this.front.splice(0, most);
    while (taken.length < most && this.lanes.size > 0) this.takeRound(taken, most);
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

  private takeRound(taken: T[], most: number): void {
    const heard: [string, Lane<T>][] = [];
    for (const [speaker, lane] of this.lanes) {
      if (taken.length === most) break;
      taken.push(lane.items[lane.head] as T);
      lane.head += 1;
      heard.push([speaker, lane]);
    }
    this.inLanes -= heard.length;
    for (const [speaker, lane] of heard) {
      this.lanes.delete(speaker);
      if (lane.head < lane.items.length) this.lanes.set(speaker, shortened(lane));
    }
  }
}

/** A lane that is never empty must not keep for ever what it was. */
function shortened<T>(lane: Lane<T>): Lane<T> {
  return lane.head < mostPast ? lane : { items: lane.items.slice(lane.head), head: 0 };
}
