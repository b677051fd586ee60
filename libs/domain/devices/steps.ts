// Long work in short steps: before each, whoever waits for the event loop or for the store's writing turn comes first.

export interface Step {
  readonly from: number;
  /** Not part of it. */
  readonly to: number;
}

/** From `from` to before `to`, at most `size` at a time. */
export async function* steps(from: number, to: number, size: number): AsyncGenerator<Step, void> {
  for (let at = from; at < to; at += size) {
    await new Promise(setImmediate);
    yield { from: at, to: Math.min(at + size, to) };
  }
}
