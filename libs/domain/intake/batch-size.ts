// How many inputs make the next batch: what is stored in a moment, fewer while one is looked for that the store refuses.

/** Inputs of one transaction at most, … */
const mostInBatch = 1_000;
/** … and as many share an fsync even where it takes long. */
const leastInBatch = 250;
/** An alarm waits for the end of a batch several times: at its socket, in the line, and on its way out. */
const momentMs = 20;

export class BatchSize {
  /** The first so many of those that wait hold one that spoils its batch. */
  private suspects = 0;
  private most = mostInBatch;

  get next(): number {
    return this.suspects > 0 ? Math.ceil(this.suspects / 2) : this.most;
  }

  /**
   * @param putBack those of the batch that wait again, before all others
   * @param tookMs from deciding to the end of the commit
   */
  stored(count: number, putBack: number, tookMs: number): void {
    const most = tookMs > momentMs ? Math.floor((count * momentMs) / tookMs) : this.most * 2;
    // One that was tried alone while the store was down does not show how many fit.
    const least = Math.min(leastInBatch, this.most * 2);
    this.most = Math.min(Math.max(most, least), mostInBatch);
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
