// One batch on its way through the store: its inputs decided one after the other, and answered once all is durable.
import { DomainError } from '#domain/errors';
import { letterOf } from './condemned.js';
import type { Draft } from './draft.js';
import { type Answer, answer, type Entry } from './entry.js';
import { devicesOf } from './input.js';
import type { LineCounters } from './line-counters.js';

/** What one input of a batch came to. */
type Outcome = Answer | { readonly kind: 'postponed' };

const known = { kind: 'known' } as const;
/** Of a message: nobody asks for the file that each of them left, and a batch would hold them all. */
const heard = { kind: 'stored', files: [] } as const;
const postponed = { kind: 'postponed' } as const;

export class Batch {
  private outcomes: readonly Outcome[] = [];

  constructor(readonly entries: readonly Entry[]) {}

  get deviceIds(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { input } of this.entries)
      if (input.kind === 'message') ids.add(input.said.deviceId);
      else for (const id of devicesOf(input)) ids.add(id);
    return ids;
  }

  /** Again and again, when somebody else wrote one of the devices meanwhile. */
  decideOn(draft: Draft): void {
    this.outcomes = this.entries.map(entry => decide(draft, entry));
  }

  /** Those that must be decided after the batch was stored. */
  get postponed(): Entry[] {
    return this.entries.filter((_, i) => this.outcomes[i]?.kind === 'postponed');
  }

  /** In the order of joining. */
  answer(): void {
    this.entries.forEach((entry, i) => {
      const outcome = this.outcomes[i];
      if (outcome !== undefined && outcome.kind !== 'postponed') answer(entry, outcome);
    });
  }

  countIn(counters: LineCounters): void {
    const numbers = { stored: 0, known: 0, condemned: 0, refused: 0, postponed: 0 };
    for (const { kind } of this.outcomes) numbers[kind]++;
    counters.inputs += numbers.stored;
    counters.duplicates += numbers.known;
    counters.condemned += numbers.condemned;
    for (const { input, condemned } of this.entries)
      if (input.kind === 'malformed' && !condemned) counters.malformed++;
    counters.batches++;
    counters.largestBatch = Math.max(counters.largestBatch, this.entries.length);
  }
}

/** An input that makes our own code throw becomes a dead letter in its place; what is refused has no effect. */
function decide(draft: Draft, { input, condemned }: Entry): Outcome {
  if (draft.mustWait(input)) return postponed;
  try {
    const files = draft.take(input);
    if (condemned) return condemned;
    if (files === null) return known;
    return input.kind === 'message' ? heard : { kind: 'stored', files };
  } catch (error) {
    const letter = error instanceof DomainError ? null : letterOf(input, error);
    if (letter === null) return { kind: 'refused', error };
    draft.take({ kind: 'malformed', letter });
    return { kind: 'condemned', error };
  }
}
