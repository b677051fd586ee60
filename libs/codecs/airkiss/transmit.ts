// Walks a program through a schedule: every datagram in its order, with the time to wait after it.
import type { AirKissProgram } from './program.js';
import type { CyclePlan, PhasePlan, Schedule } from './schedule.js';

export type Phase = 'guide' | 'magic' | 'prefix' | 'data';

/** One datagram to be sent. */
export interface Transmission {
  /** Bytes of payload, the symbol. */
  readonly length: number;
  /** Time until the next one. */
  readonly gapMs: number;
  /** Time since the first one, if nothing was late. */
  readonly atMs: number;
  readonly phase: Phase;
  /** Number of the cycle, from 0. */
  readonly cycle: number;
  /** Number of the pass through this phase, from 0. */
  readonly round: number;
  /** Place in the phase's pass, from 0; in the data phase as if groups were not rotated. */
  readonly position: number;
}

const PHASES = ['guide', 'magic', 'prefix', 'data'] as const;

/** Yields datagrams until the schedule is over; stop earlier by leaving the loop. */
export function* transmit(program: AirKissProgram, schedule: Schedule): Generator<Transmission> {
  let atMs = 0;
  for (let cycle = 0; atMs <= schedule.totalMs; cycle++) {
    const plan = schedule.cycles[cycle % schedule.cycles.length] ?? schedule.cycles[0];
    for (const phase of PHASES) {
      const startMs = atMs;
      for (let round = 0; lasts(plan[phase], round, atMs - startMs); round++) {
        for (const { length, position } of pass(program, plan, phase, round)) {
          yield { length, gapMs: plan[phase].gapMs, atMs, phase, cycle, round, position };
          atMs += plan[phase].gapMs;
        }
      }
    }
  }
}

const lasts = ({ span }: PhasePlan, round: number, elapsedMs: number): boolean =>
  'passes' in span ? round < span.passes : elapsedMs <= span.forMs;

/** The symbols of one pass through a phase, each with its place. */
function pass(program: AirKissProgram, plan: CyclePlan, phase: Phase, round: number) {
  const symbols = phase === 'data' ? program.sequences.flat() : program[phase];
  const placed = symbols.map((length, position) => ({ length, position }));
  const { sequences } = program;
  const skipped =
    phase === 'data' && plan.data.rotate ? sequences.slice(0, round % sequences.length).flat().length : 0;
  return [...placed.slice(skipped), ...placed.slice(0, skipped)];
}
