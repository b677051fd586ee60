// Small writes that would each wait for the disk go together: what is asked for while one is under way is the next.

interface Waiting<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

export class Gathering<T> {
  #waiting: Waiting<T>[] = [];
  #isWorking = false;

  /** @param write stores all of them or none */
  constructor(private readonly write: (items: readonly T[]) => Promise<void>) {}

  /** Resolves when it is stored. */
  join(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#isWorking) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    while (this.#waiting.length > 0) await this.#store(this.#waiting.splice(0));
    this.#isWorking = false;
  }

  /** One that cannot be stored spoils only itself. */
  async #store(group: readonly Waiting<T>[]): Promise<void> {
    try {
      await this.write(group.map(({ item }) => item));
      for (const { resolve } of group) resolve();
    } catch (fault) {
      const [only] = group;
      if (group.length === 1) only?.reject(fault);
      else for (const each of group) await this.#store([each]);
    }
  }
}
