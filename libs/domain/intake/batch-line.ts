// The line in front of the store: inputs that arrive while a commit runs make up the next batch.
import { DomainError } from '#domain/errors';
import { Batch } from './batch.js';
import { BatchSize } from './batch-size.js';
import { letterOf } from './condemned.js';
import { Draft } from './draft.js';
import { type Answered, answer, type Entry, type Taken } from './entry.js';
import { FairLine } from './fair-line.js';
import type { FileRoom } from './file-room.js';
import { type Input, isPatient, speakerOf } from './input.js';
import type { CommitResult, InputRow, IntakeBatch, IntakeStore } from './intake.store.js';
import { LineCounters, LineTimes } from './line-counters.js';
import type { Listening } from './listening.js';
import { Outage } from './outage.js';
import { mostPastRows } from './past.js';

/** Past it nothing is taken: nobody's socket is read faster than the disk can write. */
const mostWaiting = 50_000;
/** Turns of the event loop between two batches: what goes out to people takes several, and must not wait for as many batches. */
const turnsBetween = { usual: 1, withNotices: 5 } as const;
/** A device that is written from elsewhere that often within one batch points to a fault, not to a race. */
const mostRounds = 8;

type Committed = Extract<CommitResult, { ok: true }>;

/** Somebody else writes one of its devices without end: the device's trouble, and not the store's. */
class Contested extends DomainError {
  constructor() {
    super('storage-unavailable');
  }
}

export class BatchLine {
  readonly counters = new LineCounters();
  readonly times = new LineTimes();
  private readonly waiting = new FairLine<Entry>();
  private working: Promise<void> | null = null;
  isClosed = false;
  private readonly size = new BatchSize();
  private readonly outage = new Outage();
  private turns: number = turnsBetween.usual;

  constructor(
    private readonly store: IntakeStore,
    private readonly files: FileRoom,
    private readonly listening: Pick<Listening, 'since'>,
    private readonly after: (draft: Draft, result: Committed) => void,
  ) {}

  /** Messages wait for a store that takes nothing, and is tried again and again. */
  get isDown(): boolean {
    return this.outage.isOn;
  }

  /** Inputs that are neither answered nor in the batch under way. */
  get length(): number {
    return this.waiting.length;
  }

  /** As `push`. @throws what refused it. */
  join(input: Input): Promise<Taken> {
    return new Promise((resolve, reject) => {
      this.push(input, answer => (answer.kind === 'refused' ? reject(answer.error) : resolve(answer)));
    });
  }

  /**
   * Synchronous up to joining, and what a device says is answered in the order of joining. While the
   * store is down messages wait for it, and everything else is refused, at once.
   */
  push(input: Input, answered: Answered): void {
    const entry: Entry = { input, answered };
    const mustWait = this.isDown && this.working !== null;
    if (this.isClosed || this.waiting.length >= mostWaiting || (mustWait && !isPatient(input))) {
      this.refuse([entry], new DomainError('storage-unavailable'));
      return;
    }
    this.waiting.push(this.laneOf(input), entry);
    this.working ??= this.work();
  }

  /** A hub speaks for its children, and is answered in the order in which it spoke. */
  private laneOf(input: Input): string {
    const speaker = speakerOf(input);
    return this.files.get(speaker)?.device.parentId ?? speaker;
  }

  /** Takes nothing more; what waits for a store that is down is refused after one more try. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.outage.hurry();
    await this.working;
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.breathe();
      const batch = new Batch(this.waiting.take(this.size.next));
      const { length } = batch.entries;
      const began = performance.now();
      try {
        const postponed = await this.decideAndCommit(batch);
        this.waiting.putBack(postponed);
        this.size.stored(length, postponed.length, performance.now() - began);
        this.outage.end();
      } catch (error) {
        if (isOutage(error)) await this.sitOut(batch.entries, error);
        else this.isolate(batch.entries, error);
      }
    }
    this.working = null;
  }

  /** Whatever arrives in one turn of the event loop shares one fsync; and between two batches sockets are read. */
  private async breathe(): Promise<void> {
    for (let turn = 0; turn < this.turns; turn++) await new Promise(setImmediate);
  }

  /** @returns those that must be decided after the batch was stored. @throws when nothing of it was stored. */
  private async decideAndCommit(batch: Batch): Promise<Entry[]> {
    const pasts = new Map<string, readonly InputRow[]>();
    for (let round = 0; round < mostRounds; round++) {
      const draft = await this.files.use(batch.deviceIds, () => this.decide(batch, pasts));
      if (draft.lacks.size > 0) {
        await this.readPasts(draft.lacks, pasts);
        continue;
      }
      const rows = draft.batch();
      const began = performance.now();
      const result: CommitResult = isEmpty(rows) ? { ok: true, notices: [] } : await this.store.commit(rows);
      const commitMs = performance.now() - began;
      if (!result.ok) {
        this.files.forget(result.stale);
        continue;
      }
      this.turns = result.notices.length > 0 ? turnsBetween.withNotices : turnsBetween.usual;
      draft.settle();
      batch.countIn(this.counters);
      this.times.batchSizes.add(batch.entries.length);
      this.times.commitMs.add(commitMs);
      this.tell(draft, result);
      batch.answer();
      return batch.postponed;
    }
    throw new Contested();
  }

  /** Only for what comes late; nobody else writes the log meanwhile. */
  private async readPasts(
    deviceIds: Iterable<string>,
    into: Map<string, readonly InputRow[]>,
  ): Promise<void> {
    for (const id of deviceIds) into.set(id, await this.store.past(id, mostPastRows));
  }

  private decide(batch: Batch, pasts: ReadonlyMap<string, readonly InputRow[]>): Draft {
    const draft = new Draft(this.files, this.listening.since, pasts);
    batch.decideOn(draft);
    return draft;
  }

  /** Before anybody is answered: nothing on the way to a person waits. What goes wrong with it is found in the store. */
  private tell(draft: Draft, result: Committed): void {
    try {
      this.after(draft, result);
    } catch {
      this.counters.untold++;
    }
  }

  /** A poisoned input spoils only itself: halves are tried until it stands alone. */
  private isolate(batch: readonly Entry[], error: unknown): void {
    const [culprit] = batch;
    if (batch.length > 1) {
      this.waiting.putBack(batch);
      this.size.spoilt(batch.length);
    } else if (culprit) {
      this.size.found();
      this.condemn(culprit, error);
    }
  }

  private condemn(culprit: Entry, error: unknown): void {
    const letter = culprit.condemned || error instanceof Contested ? null : letterOf(culprit.input, error);
    const condemned = { kind: 'condemned', error } as const;
    if (letter === null) this.refuse([culprit], error);
    else this.waiting.putBack([{ ...culprit, input: { kind: 'malformed', letter }, condemned }]);
  }

  /** Messages keep their place until the store is back: the device is told nothing, and so keeps them too. */
  private async sitOut(batch: readonly Entry[], error: unknown): Promise<void> {
    this.outage.goOn();
    this.size.down();
    this.waiting.putBack(batch);
    if (this.isClosed) return this.refuse(this.waiting.take(this.waiting.length), error);
    this.refuse(
      this.waiting.takeWhere(({ input }) => !isPatient(input)),
      error,
    );
    // What fails alone while the store works otherwise would hold up everybody behind it for ever.
    const isSuspect = batch.length === 1 && this.outage.isLong;
    if (isSuspect && (await this.store.isHealthy())) return this.refuse(this.waiting.take(1), error);
    if (this.waiting.length > 0) await this.outage.pause();
    else this.outage.end();
  }

  private refuse(batch: readonly Entry[], error: unknown): void {
    this.counters.refused += batch.length;
    for (const entry of batch) answer(entry, { kind: 'refused', error });
  }
}

function isOutage(error: unknown): boolean {
  return (
    error instanceof DomainError && error.code === 'storage-unavailable' && !(error instanceof Contested)
  );
}

function isEmpty(batch: IntakeBatch): boolean {
  return Object.values(batch).every((rows: readonly unknown[]) => rows.length === 0);
}
