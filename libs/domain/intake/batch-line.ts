// The line in front of the store: inputs that arrive while a commit runs make up the next batch.
import { DomainError } from '#domain/errors';
import { Draft } from './draft.js';
import type { FileRoom } from './file-room.js';
import { devicesOf, type Input } from './input.js';
import type { CommitResult, IntakeBatch, IntakeStore } from './intake.store.js';

const mostInBatch = 2_000;
/** Past it nothing is taken: nobody's socket is read faster than the disk can write. */
const mostWaiting = 50_000;
/** A device that is written from elsewhere that often within one batch points to a fault, not to a race. */
const mostRounds = 8;

interface Waiting {
  readonly input: Input;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

type Committed = Extract<CommitResult, { ok: true }>;

export class BatchLine {
  readonly counters = {
    inputs: 0,
    duplicates: 0,
    malformed: 0,
    batches: 0,
    largestBatch: 0,
    refused: 0,
    untold: 0,
  };
  private waiting: Waiting[] = [];
  private working: Promise<void> | null = null;
  private isClosed = false;

  constructor(
    private readonly store: IntakeStore,
    private readonly files: FileRoom,
    private readonly listeningSince: number,
    private readonly after: (draft: Draft, result: Committed) => void,
  ) {}

  /** Synchronous up to joining, and answered in the order of joining: so a device's messages keep theirs. */
  join(input: Input): Promise<void> {
    if (this.isClosed || this.waiting.length >= mostWaiting) {
      this.counters.refused++;
      return Promise.reject(new DomainError('storage-unavailable'));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ input, resolve, reject });
      this.working ??= this.work();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.working;
  }

  private async work(): Promise<void> {
    // Whatever arrives in the same turn of the event loop shares one fsync.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, mostInBatch);
      try {
        const postponed = await this.decideAndCommit(batch);
        this.waiting.unshift(...postponed);
      } catch (error) {
        this.counters.refused += batch.length;
        for (const { reject } of batch) reject(error);
      }
    }
    this.working = null;
  }

  /** @returns those that must be decided after the batch was stored. @throws when nothing of it was stored. */
  private async decideAndCommit(batch: readonly Waiting[]): Promise<Waiting[]> {
    const deviceIds = batch.flatMap(({ input }) => devicesOf(input));
    for (let round = 0; round < mostRounds; round++) {
      await this.files.open(deviceIds);
      const draft = new Draft(this.files, this.listeningSince);
      const outcomes = batch.map(waiting => this.decide(draft, waiting));
      const rows = draft.batch();
      const result: CommitResult = isEmpty(rows) ? { ok: true, notices: [] } : await this.store.commit(rows);
      if (result.ok) {
        draft.settle();
        this.count(batch, outcomes);
        for (const outcome of outcomes) outcome.answer();
        this.tell(draft, result);
        return outcomes.flatMap(({ postponed }) => postponed ?? []);
      }
      this.files.forget(result.stale);
    }
    throw new DomainError('storage-unavailable');
  }

  /** What is durable is answered, whatever becomes of telling it; people find it in the store. */
  private tell(draft: Draft, result: Committed): void {
    try {
      this.after(draft, result);
    } catch {
      this.counters.untold++;
    }
  }

  /** A poisoned input spoils only itself. */
  private decide(draft: Draft, waiting: Waiting): Outcome {
    if (draft.mustWait(waiting.input)) return { postponed: waiting, isNew: false, answer: () => {} };
    try {
      return { isNew: draft.take(waiting.input), answer: waiting.resolve };
    } catch (error) {
      return { isNew: false, answer: () => waiting.reject(error) };
    }
  }

  private count(batch: readonly Waiting[], outcomes: readonly Outcome[]): void {
    const { counters } = this;
    const known = outcomes.filter(({ isNew, answer }, i) => !isNew && answer === batch[i]?.resolve).length;
    counters.inputs += outcomes.filter(({ isNew }) => isNew).length;
    counters.duplicates += known;
    counters.malformed += batch.filter(({ input }) => input.kind === 'malformed').length;
    counters.batches++;
    counters.largestBatch = Math.max(counters.largestBatch, batch.length);
  }
}

interface Outcome {
  readonly isNew: boolean;
  readonly postponed?: Waiting;
  readonly answer: () => void;
}

function isEmpty(batch: IntakeBatch): boolean {
  return Object.values(batch).every((rows: readonly unknown[]) => rows.length === 0);
}
