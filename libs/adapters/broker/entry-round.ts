// Who is granted a login in one turn of the event loop is let in together: their CONNACKs leave one right after the other.

/**
 * The first write to somebody who sleeps wakes a processor, which costs more than the write; a crowd that is let in at
 * once, behind one door of the network, is woken once.
 */
export class EntryRound {
  private due: (() => void)[] = [];

  /** @param enter throws nothing */
  add(enter: () => void): void {
    if (this.due.length === 0) setImmediate(() => this.end());
    this.due.push(enter);
  }

  private end(): void {
    const { due } = this;
    this.due = [];
    for (const enter of due) enter();
  }
}
