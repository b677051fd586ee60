// Keeps SQLite's log short while a gateway runs: the thread beside folds it into the file, so that no commit has to.
import { stat } from 'node:fs/promises';

const lookMs = 1_000;
/** A log that never became as long is not worth a thread. A file that did stays as long, whatever is left in it. */
const longBytes = 4 * 1024 * 1024;

export class LogKeeper {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(
    private readonly path: string,
    private readonly fold: () => Promise<void>,
  ) {}

  start(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.start());
    }, lookMs);
    // It waits on nothing that is worth staying alive for.
    this.#timer.unref();
  }

  /** Resolves when the look under way is over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    try {
      const { size } = await stat(`${this.path}-wal`);
      if (size >= longBytes) await this.fold();
    } catch {
      // No log, no thread, no room on the disk: a commit meets it too, and is the one to say so.
    }
  }
}
