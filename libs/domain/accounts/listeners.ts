// Who waits for something to happen once to a session or an account.

export class Listeners {
  private readonly waiting = new Map<string, Set<() => void>>();

  /** @returns what takes the listener away. */
  add(key: string, listener: () => void): () => void {
    const listeners = this.waiting.get(key) ?? new Set();
    this.waiting.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.waiting.get(key) === listeners) this.waiting.delete(key);
    };
  }

  /** Tells each of them, once. */
  tell(key: string): void {
    for (const listener of this.waiting.get(key) ?? []) listener();
    this.waiting.delete(key);
  }
}
