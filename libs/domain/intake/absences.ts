// When the gateway itself was away: it leaves a sign of life, and finds the last one when it starts again.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';

/** Nothing was heard in it, and nothing raised. */
export interface Absence {
  readonly from: number;
  readonly until: number;
}

export abstract class AbsenceStore {
  abstract lastSign(): Promise<number | null>;
  abstract sign(at: number): Promise<void>;
  abstract note(absence: Absence): Promise<void>;
  /** The newest first. */
  abstract latest(limit: number): Promise<Absence[]>;
}

/** A sign is left about this often, so a shorter absence cannot be told from none. */
export const signEveryMs = 15_000;
const mostKnown = 50;

@Injectable()
export class Absences {
  constructor(
    private readonly store: AbsenceStore,
    private readonly clock: Clock,
  ) {}

  /** At the start. @returns the absence that it ends; null: there was none worth the name */
  async end(): Promise<Absence | null> {
    const [from, until] = [await this.store.lastSign(), this.clock.now()];
    await this.store.sign(until);
    if (from === null || until - from <= signEveryMs) return null;
    await this.store.note({ from, until });
    return { from, until };
  }

  sign(): Promise<void> {
    return this.store.sign(this.clock.now());
  }

  latest(): Promise<Absence[]> {
    return this.store.latest(mostKnown);
  }

  /** Those that overlap a time. */
  async between(from: number, until: number): Promise<Absence[]> {
    return (await this.latest()).filter(absence => absence.from < until && absence.until > from);
  }
}
