// How many inputs make the next batch: all that fit, fewer while one of them is looked for that the store refuses.

/** Inputs of one transaction at most: enough to share an fsync, few enough that the next batch is soon. */
export const mostInBatch = 1_000;

export class BatchSize {
  /** The first so many of those that wait hold one that spoils its batch. */
  private suspects = 0;
  private most = mostInBatch;

  get next(): number {
    return this.suspects > 0 ? Math.ceil(this.suspects / 2) : this.most;
  }

  /** @param putBack those of the batch that wait again, before all others */
  stored(count: number, putBack: number): void {
    this.most = Math.min(this.most * 2, mostInBatch);
    const left = this.suspects - count;
    this.suspects = left > 0 ? left + putBack : 0;
  }

  /** A batch of so many was refused for what is in it, and waits again: half of it is tried next. */
  spoilt(count: number): void {
    this.suspects = count;
  }

  /** The one was alone in its batch. */
  found(): void {
    this.suspects = 0;
  }

  /** The store is down: one input is enough to find out whether it still is. */
  down(): void {
    this.most = 1;
  }
}
