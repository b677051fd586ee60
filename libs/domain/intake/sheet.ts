// One device in a draft: its file as the batch found it and as it leaves it, and which of its messages came meanwhile.
import type { RuleMemory } from '#domain/alarms';
import type { DeviceState } from '#domain/devices';
import { fileAfter, nextMemory, nextState } from './copies.js';
import type { DeviceFile } from './intake.store.js';
import { isOvertaken, oneMore, type Position, type Repeats, type StampMemory } from './stamp-memory.js';

/** A file as the batch leaves it, and what of it is written. */
export interface ClosedFile {
  readonly before: DeviceFile;
  readonly file: DeviceFile;
  readonly state: DeviceState | null;
  readonly memories: readonly RuleMemory[];
}

export class Sheet {
  /** As it is after the inputs so far. */
  file: DeviceFile;
  /** In the order in which they came; of one device and batch there are few. */
  private readonly stamps: Position[] = [];
  /** How far the device has come within the batch. */
  private newest: Position | null = null;
  private repeats: Repeats | null;

  constructor(
    readonly before: DeviceFile,
    /** What came before the batch. */
    private readonly memory: StampMemory | undefined,
  ) {
    this.file = before;
    this.repeats = memory?.repeats ?? null;
  }

  knows({ boot, seq }: Position): boolean {
    const isAmongThese = this.stamps.some(known => known.seq === seq && known.boot === boot);
    return isAmongThese || (this.memory?.has(boot, seq) ?? false);
  }

  /** Whether a later message of the same run of the firmware came first. */
  isLate(stamp: Position): boolean {
    return isOvertaken(stamp, this.newest ?? this.memory?.newest ?? null);
  }

  remember(stamp: Position, isLate: boolean): void {
    this.stamps.push(stamp);
    this.repeats = null;
    if (!isLate) this.newest = stamp;
  }

  /** Something came that was known. */
  repeat(at: number): void {
    this.repeats = oneMore(this.repeats, at);
  }

  /** Puts what was committed into the memory of all that ever came. */
  settle(): void {
    if (this.memory === undefined) return;
    for (const { boot, seq } of this.stamps) this.memory.add(boot, seq);
    this.memory.repeats = this.repeats;
  }

  /** State and rule memories are written once a batch, however many inputs touched them. */
  close(): ClosedFile {
    const { before, file } = this;
    const state = file.state === before.state ? null : nextState(file.state);
    const memories: RuleMemory[] = [];
    const rules = file.rules.map(memory => {
      const known = before.rules.find(({ rule }) => rule === memory.rule);
      if (!isNews(memory, known)) return memory;
      const next = nextMemory(memory);
      memories.push(next);
      return next;
    });
    return { before, file: fileAfter(file, state ?? file.state, rules, file.openAlarms), state, memories };
  }
}

/**
 * A due time that only moved further away is not worth a write: after a restart the rule is asked at the stored one, and
 * says what is left. So a device that goes on speaking changes no row and no index of its rules.
 */
function isNews(next: RuleMemory, before: RuleMemory | undefined): boolean {
  if (next === before) return false;
  if (before === undefined || before.epoch !== next.epoch) return true;
  if (next.state !== before.state || next.occurrences !== before.occurrences) return true;
  if (next.dueAt === null || before.dueAt === null) return next.dueAt !== before.dueAt;
  return next.dueAt < before.dueAt;
}
