// How long it takes until the right credentials are out, beside the bound and a whole-group decoder.
import { SCHEDULES, type Schedule } from '#codecs/airkiss';
import { PROFILES, type ProfileName } from '#firmware-sim';
import { LENGTHS, type LengthName } from './credentials.js';
import { type Contestant, runTrial } from './trial.js';

/** One cell of the table. */
export interface Measured {
  /** Median time over all runs, those without a result counting as endless; null for an endless median. */
  readonly medianMs: number | null;
  readonly failed: number;
  readonly wrong: number;
}

export interface LossRow {
  readonly profile: ProfileName;
  readonly length: LengthName;
  readonly loss: number;
  readonly schedule: string;
  readonly runs: number;
  readonly measured: Readonly<Record<Contestant, Measured>>;
}

export interface LossRowRequest {
  readonly profile: ProfileName;
  readonly length: LengthName;
  readonly loss: number;
  readonly schedule?: Schedule;
  readonly runs: number;
}

export const CONTESTANTS = ['bound', 'airbind', 'whole-group'] as const satisfies readonly Contestant[];

/** Every contestant hears the same air, run by run; the seed of a run is its number. */
export function measureRow(request: LossRowRequest): LossRow {
  const { profile, length, loss, schedule = SCHEDULES.wechat, runs } = request;
  const air = { ...PROFILES[profile], loss };
  const outcomes = Array.from({ length: runs }, (_, run) =>
    runTrial(
      { credentials: { ...LENGTHS[length], random: 1 + (run % 127) }, schedule, air, seed: run * 7919 + 1 },
      CONTESTANTS,
    ),
  );
  const measured = (name: Contestant): Measured => {
    const times = outcomes.map(outcome => outcome[name].doneMs ?? Number.POSITIVE_INFINITY);
    const median = times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.POSITIVE_INFINITY;
    return {
      medianMs: Number.isFinite(median) ? median : null,
      failed: times.filter(time => !Number.isFinite(time)).length,
      wrong: outcomes.filter(outcome => outcome[name].doneMs !== undefined && !outcome[name].right).length,
    };
  };
  return {
    profile,
    length,
    loss,
    schedule: schedule.name,
    runs,
    measured: {
      bound: measured('bound'),
      airbind: measured('airbind'),
      'whole-group': measured('whole-group'),
    },
  };
}

/** Our time over the bound's. */
export const ratioOf = ({ measured }: LossRow): number =>
  (measured.airbind.medianMs ?? Number.POSITIVE_INFINITY) /
  (measured.bound.medianMs ?? Number.POSITIVE_INFINITY);
