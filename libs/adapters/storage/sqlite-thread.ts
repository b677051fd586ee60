// A thread with a handle of its own beside the one that writes: long reads and checkpoints, out of the event loop's way.
import { Worker } from 'node:worker_threads';
import type { ThreadAnswer, ThreadCall, ThreadTasks } from './sqlite-thread-main.js';
import { StorageFailure } from './storage-failure.js';

/** Past it a caller is refused: whoever waits behind so many long reads has gone away. */
const mostWaiting = 64;

/** As this file was loaded: built, or from its source. */
const main = new URL(import.meta.url.replace(/\.(\w+)$/, '-main.$1'));

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

export class SqliteThread {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #last = 0;
  #isClosed = false;

  constructor(private readonly path: string) {}

  /** In the order of asking. The thread starts with the first question. @throws StorageFailure when it ended or is busy */
  ask<N extends keyof ThreadTasks>(
    name: N,
    ...input: Parameters<ThreadTasks[N]>
  ): Promise<ReturnType<ThreadTasks[N]>> {
    if (this.#isClosed) return Promise.reject(new StorageFailure(new Error('The store is closed.')));
    if (this.#waiting.size >= mostWaiting)
      return Promise.reject(new StorageFailure(new Error('Too many long reads are waiting.')));
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, name, input } satisfies ThreadCall);
    });
  }

  /** Ends what was asked, then the thread. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    if (worker === null) return;
    worker.ref();
    const ended = new Promise(resolve => worker.once('exit', resolve));
    worker.postMessage(null);
    await ended;
  }

  #start(): Worker {
    const worker = new Worker(main, { workerData: this.path });
    worker.on('message', (answer: ThreadAnswer) => this.#settle(worker, answer));
    worker.on('error', error => this.#fail(error));
    worker.on('exit', () => {
      this.#worker = null;
      this.#fail(new Error('The thread beside the store has ended.'));
    });
    return worker;
  }

  #settle(worker: Worker, answer: ThreadAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    // Idle it keeps no process from ending.
    if (this.#waiting.size === 0 && !this.#isClosed) worker.unref();
    if (answer.ok) waiting?.resolve(answer.value as never);
    else waiting?.reject(Object.assign(new Error(answer.message), { code: answer.code }));
  }

  #fail(cause: unknown): void {
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of lost) reject(new StorageFailure(cause));
  }
}
