// When each device wants to be asked again: one entry a device, looked at in the order of time.

interface Entry {
  readonly deviceId: string;
  readonly at: number;
}

/**
 * A binary heap whose entries may be out of date: only the entry that `wanted` still knows counts. Setting a time costs
 * O(log n), and nothing is searched.
 */
export class DueTimes {
  private readonly heap: Entry[] = [];
  private readonly wanted = new Map<string, number>();

  /** Later than before is left alone: the device is asked at the earlier time and then says what is left. */
  set(deviceId: string, at: number | null): void {
    const known = this.wanted.get(deviceId);
    if (at === null || (known !== undefined && known <= at)) return;
    this.wanted.set(deviceId, at);
    this.push({ deviceId, at });
  }

  /** All that is due later is due then. */
  bringForward(at: number): void {
    for (const deviceId of this.wanted.keys()) this.set(deviceId, at);
  }

  /** Takes out the devices whose time has come. */
  take(now: number): string[] {
    const due: string[] = [];
    for (let first = this.heap[0]; first !== undefined && first.at <= now; first = this.heap[0]) {
      this.pop();
      if (this.wanted.get(first.deviceId) !== first.at) continue;
      this.wanted.delete(first.deviceId);
      due.push(first.deviceId);
    }
    return due;
  }

  private push(entry: Entry): void {
    const { heap } = this;
    let hole = heap.length;
    for (let parent = (hole - 1) >> 1; hole > 0; parent = (hole - 1) >> 1) {
      const above = heap[parent];
      if (above === undefined || above.at <= entry.at) break;
      heap[hole] = above;
      hole = parent;
    }
    heap[hole] = entry;
  }

  private pop(): void {
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return;
    const { heap } = this;
    let hole = 0;
    for (let child = 1; child < heap.length; child = 2 * hole + 1) {
      const right = heap[child + 1];
      const left = heap[child];
      const smaller = right !== undefined && left !== undefined && right.at < left.at ? child + 1 : child;
      const below = heap[smaller];
      if (below === undefined || below.at >= last.at) break;
      heap[hole] = below;
      hole = smaller;
    }
    heap[hole] = last;
  }
}
