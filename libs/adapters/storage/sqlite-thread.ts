// A thread with a handle of its own beside the one that writes: long reads and checkpoints, out of the event loop's way.
import { Worker } from 'node:worker_threads';
import type { ThreadAnswer, ThreadCall, ThreadTasks } from './sqlite-thread-main.js';
import { StorageFailure } from './storage-failure.js';
import { Turn } from './turn.js';

/** Past it a caller is refused: whoever waits behind so many long reads has gone away. */
const mostWaiting = 64;

/** As this file was loaded: built, or from its source. */
const main = new URL(import.meta.url.replace(/\.(\w+)$/, '-main.$1'));

export type Ask = <N extends keyof ThreadTasks>(
  name: N,
  ...input: Parameters<ThreadTasks[N]>
) => Promise<ReturnType<ThreadTasks[N]>>;

interface Asked {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export class SqliteThread {
  readonly #turn = new Turn();
  #worker: Worker | null = null;
  #asked: Asked | null = null;
  #waiting = 0;

  constructor(private readonly path: string) {}

  /**
   * The thread reads nothing but what `work` asks it, until `work` is done. It starts with the first question.
   * @throws StorageFailure when it ended, or too many wait
   */
  async alone<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    if (this.#waiting >= mostWaiting) throw new StorageFailure(new Error('Too many long reads are waiting.'));
    this.#waiting += 1;
    try {
      return await this.#turn.take(() => work((name, ...input) => this.#send({ name, input })));
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Ends what was asked, then the thread. */
  async close(): Promise<void> {
    await this.#turn.end();
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise(resolve => worker.once('exit', resolve));
    worker.ref();
    worker.postMessage(null);
    await ended;
  }

  #send<T>(call: ThreadCall): Promise<T> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise<T>((resolve, reject) => {
      this.#asked = { resolve: value => resolve(value as T), reject };
      worker.ref();
      worker.postMessage(call);
    });
  }

  #start(): Worker {
    const worker = new Worker(main, { workerData: this.path });
    worker.on('message', (answer: ThreadAnswer) => {
      // Idle it keeps no process from ending.
      worker.unref();
      if (answer.ok) this.#take()?.resolve(answer.value);
      else this.#take()?.reject(Object.assign(new Error(answer.message), { code: answer.code }));
    });
    worker.on('error', error => this.#take()?.reject(new StorageFailure(error)));
    worker.on('exit', () => {
      this.#worker = null;
      this.#take()?.reject(new StorageFailure(new Error('The thread beside the store has ended.')));
    });
    return worker;
  }

  #take(): Asked | null {
    const asked = this.#asked;
    this.#asked = null;
    return asked;
  }
}
