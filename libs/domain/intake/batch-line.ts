// The line in front of the store: inputs that arrive while a commit runs make up the next batch.
import { DomainError } from '#domain/errors';
import { BatchSize } from './batch-size.js';
import { letterOf } from './condemned.js';
import { Draft } from './draft.js';
import { FairLine } from './fair-line.js';
import type { FileRoom } from './file-room.js';
import { devicesOf, type Input, isPatient, speakerOf } from './input.js';
import type { CommitResult, DeviceFile, InputRow, IntakeBatch, IntakeStore } from './intake.store.js';
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

/**
 * What became of an input that was answered. `known`: it was there already. `condemned`: it can neither be decided nor
 * stored, however often it is sent; a dead letter stands in its place.
 */
export type Taken =
  /** With the files that it touched, as it left them. */
  | { readonly kind: 'stored'; readonly files: readonly DeviceFile[] }
  | { readonly kind: 'known' }
  | { readonly kind: 'condemned'; readonly error: unknown };

interface Waiting {
  readonly input: Input;
  readonly resolve: (taken: Taken) => void;
  readonly reject: (error: unknown) => void;
  /** Set when `input` is the dead letter of what was sent. */
  readonly condemned?: Extract<Taken, { kind: 'condemned' }>;
}

/** What one input of a batch came to. */
type Outcome =
  | Taken
  | { readonly kind: 'postponed' }
  | { readonly kind: 'rejected'; readonly error: unknown };

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
  private readonly waiting = new FairLine<Waiting>();
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

  /**
   * Synchronous up to joining, and what a device says is answered in the order of joining. While the
   * store is down messages wait for it, and everything else is refused.
   */
  join(input: Input): Promise<Taken> {
    const mustWait = this.isDown && this.working !== null;
    if (this.isClosed || this.waiting.length >= mostWaiting || (mustWait && !isPatient(input))) {
      this.counters.refused++;
      return Promise.reject(new DomainError('storage-unavailable'));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push(this.laneOf(input), { input, resolve, reject });
      this.working ??= this.work();
    });
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
      const batch = this.waiting.take(this.size.next);
      const began = performance.now();
      try {
        const postponed = await this.decideAndCommit(batch);
        this.putBack(postponed);
        this.size.stored(batch.length, postponed.length, performance.now() - began);
        this.outage.end();
      } catch (error) {
        if (isOutage(error)) await this.sitOut(batch, error);
        else this.isolate(batch, error);
      }
    }
    this.working = null;
  }

  /** Whatever arrives in one turn of the event loop shares one fsync; and between two batches sockets are read. */
  private async breathe(): Promise<void> {
    for (let turn = 0; turn < this.turns; turn++) await new Promise(setImmediate);
  }

  /** @returns those that must be decided after the batch was stored. @throws when nothing of it was stored. */
  private async decideAndCommit(batch: readonly Waiting[]): Promise<Waiting[]> {
    const deviceIds = batch.flatMap(({ input }) => devicesOf(input));
    const pasts = new Map<string, readonly InputRow[]>();
    for (let round = 0; round < mostRounds; round++) {
      const { draft, outcomes } = await this.files.use(deviceIds, () => this.decideAll(batch, pasts));
      if (draft.lacks.size > 0) {
        await this.readPasts(draft.lacks, pasts);
        continue;
      }
      const rows = draft.batch();
      const began = performance.now();
      const result: CommitResult = isEmpty(rows) ? { ok: true, notices: [] } : await this.store.commit(rows);
      if (result.ok) {
        this.turns = result.notices.length > 0 ? turnsBetween.withNotices : turnsBetween.usual;
        draft.settle();
        this.count(batch, outcomes, performance.now() - began);
        this.answer(batch, outcomes);
        this.tell(draft, result);
        return batch.filter((_, i) => outcomes[i]?.kind === 'postponed');
      }
      this.files.forget(result.stale);
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

  private decideAll(
    batch: readonly Waiting[],
    pasts: ReadonlyMap<string, readonly InputRow[]>,
  ): { draft: Draft; outcomes: Outcome[] } {
    const draft = new Draft(this.files, this.listening.since, pasts);
    return { draft, outcomes: batch.map(waiting => decide(draft, waiting)) };
  }

  private answer(batch: readonly Waiting[], outcomes: readonly Outcome[]): void {
    batch.forEach(({ resolve, reject }, i) => {
      const outcome = outcomes[i];
      if (outcome?.kind === 'rejected') reject(outcome.error);
      else if (outcome && outcome.kind !== 'postponed') resolve(outcome);
    });
  }

  /** What is durable is answered, whatever becomes of telling it; people find it in the store. */
  private tell(draft: Draft, result: Committed): void {
    try {
      this.after(draft, result);
    } catch {
      this.counters.untold++;
    }
  }

  /** A poisoned input spoils only itself: halves are tried until it stands alone. */
  private isolate(batch: readonly Waiting[], error: unknown): void {
    const [culprit] = batch;
    if (batch.length > 1) {
      this.putBack(batch);
      this.size.spoilt(batch.length);
    } else if (culprit) {
      this.size.found();
      this.condemn(culprit, error);
    }
  }

  private condemn(culprit: Waiting, error: unknown): void {
    const letter = culprit.condemned || error instanceof Contested ? null : letterOf(culprit.input, error);
    const condemned = { kind: 'condemned', error } as const;
    if (letter === null) this.refuse([culprit], error);
    else this.putBack([{ ...culprit, input: { kind: 'malformed', letter }, condemned }]);
  }

  /** Messages keep their place until the store is back: the device is told nothing, and so keeps them too. */
  private async sitOut(batch: readonly Waiting[], error: unknown): Promise<void> {
    this.outage.goOn();
    this.size.down();
    this.putBack(batch);
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

  private putBack(batch: readonly Waiting[]): void {
    this.waiting.putBack(batch);
  }

  private refuse(batch: readonly Waiting[], error: unknown): void {
    this.counters.refused += batch.length;
    for (const { reject } of batch) reject(error);
  }

  private count(batch: readonly Waiting[], outcomes: readonly Outcome[], commitMs: number): void {
    const { counters, times } = this;
    const number = (kind: Outcome['kind']) => outcomes.filter(outcome => outcome.kind === kind).length;
    counters.inputs += number('stored');
    counters.duplicates += number('known');
    counters.condemned += number('condemned');
    counters.malformed += batch.filter(({ input, condemned }) => isMalformed(input) && !condemned).length;
    counters.batches++;
    counters.largestBatch = Math.max(counters.largestBatch, batch.length);
    times.batchSizes.add(batch.length);
    times.commitMs.add(commitMs);
  }
}

const isMalformed = ({ kind }: Input): boolean => kind === 'malformed';

/** An input that makes our own code throw becomes a dead letter in its place; what is refused has no effect. */
function decide(draft: Draft, { input, condemned }: Waiting): Outcome {
  if (draft.mustWait(input)) return { kind: 'postponed' };
  try {
    const files = draft.take(input);
    return condemned ?? (files === null ? { kind: 'known' } : { kind: 'stored', files });
  } catch (error) {
    const letter = error instanceof DomainError ? null : letterOf(input, error);
    if (letter === null) return { kind: 'rejected', error };
    draft.take({ kind: 'malformed', letter });
    return { kind: 'condemned', error };
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
