// One writer at a time, in the order of asking: what SQLite's only write connection needs (docs/adr/0001).

/** Work that takes a turn inside its own turn would wait for itself for ever: never nest. */
export class Turn {
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  take<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#ended) return Promise.reject(new Error('The store is closed.'));
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** Takes no more, and resolves when what was taken is done. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#last;
  }
}
