// Flammable gas: the detector's own bit, or two samples over the threshold; latched until a person resets it.
import { z } from 'zod';
import { instant, reviver } from './revive.js';
import {
  blindAfterIntervals,
  type Finding,
  inactive,
  type Observation,
  type RuleLogic,
  type RuleOf,
  type Scene,
} from './rule-logic.js';

type Readings = Extract<Observation, { kind: 'readings' }>;

interface GasState {
  readonly lel: number | null;
  readonly bit: boolean;
  /** When the detector last said something about the air. */
  readonly sampledAt: number | null;
  /** Since when the level stands at or over the threshold. */
  readonly overSince: number | null;
  readonly activeSince: number | null;
  /** Since when everything says that it is over. */
  readonly calmSince: number | null;
}

const initial: GasState = {
  lel: null,
  bit: false,
  sampledAt: null,
  overSince: null,
  activeSince: null,
  calmSince: null,
};

const stored: z.ZodType<GasState> = z.object({
  lel: z.number().nullable(),
  bit: z.boolean(),
  sampledAt: instant,
  overSince: instant,
  activeSince: instant,
  calmSince: instant,
});

export const gas: RuleLogic<'gas', GasState> = {
  class: 'L',
  latched: true,
  initial,
  revive: reviver(stored, initial),

  step(rule, before, observation, scene) {
    const sample = sampleOf(rule, observation);
    const state = sample === null ? before : sampled(rule, before, sample, scene);
    const isSecondSample = sample !== null && rule.reading in sample.values && before.overSince !== null;
    const settled =
      state.activeSince === null
        ? raise(rule, state, observation.at, isSecondSample)
        : clear(rule, state, sample);
    const waits = settled.activeSince === null && settled.overSince !== null;
    return {
      state: settled,
      finding: finding(settled, observation.at),
      dueAt: waits ? (settled.overSince ?? 0) + rule.holdS * 1000 : null,
    };
  },
};

/** Null for what says nothing about the air, such as the level of a battery. */
function sampleOf({ reading, bit }: RuleOf<'gas'>, observation: Observation): Readings | null {
  if (observation.kind !== 'readings') return null;
  const speaksOfAir = reading in observation.values || (bit !== undefined && bit in observation.bits);
  return speaksOfAir ? observation : null;
}

function sampled(rule: RuleOf<'gas'>, before: GasState, seen: Readings, scene: Scene): GasState {
  const lel = seen.values[rule.reading] ?? before.lel;
  const bit = (rule.bit === undefined ? undefined : seen.bits[rule.bit]) ?? before.bit;
  const over = lel !== null && lel >= rule.raiseAtLel;
  const calm = !bit && (lel === null || lel < rule.clearBelowLel);
  return {
    ...before,
    lel,
    bit,
    sampledAt: seen.at,
    overSince: over ? (before.overSince ?? seen.at) : null,
    calmSince: calm ? ((wasBlind(before, seen.at, scene) ? null : before.calmSince) ?? seen.at) : null,
  };
}

/** Nobody knows what the air was like meanwhile, so a calm does not reach across it. */
function wasBlind({ sampledAt }: GasState, at: number, { intervalS }: Scene): boolean {
  return sampledAt !== null && at - sampledAt > blindAfterIntervals * intervalS * 1000;
}

/** The bit at once; the level at its second sample, or once it has stood for `holdS`. */
function raise(rule: RuleOf<'gas'>, state: GasState, at: number, isSecondSample: boolean): GasState {
  const isOver = state.overSince !== null;
  const held = state.overSince !== null && at - state.overSince >= rule.holdS * 1000;
  if (!state.bit && !(isOver && isSecondSample) && !held) return state;
  return { ...state, activeSince: state.overSince ?? at, calmSince: null };
}

/** Only a sample can end it: time alone proves nothing about the air. */
function clear(rule: RuleOf<'gas'>, state: GasState, sample: Readings | null): GasState {
  if (sample === null || state.calmSince === null) return state;
  const over = sample.at - state.calmSince >= rule.clearAfterS * 1000;
  return over ? { ...state, activeSince: null, overSince: null } : state;
}

function finding(state: GasState, at: number): Finding {
  if (state.activeSince === null) return inactive(at);
  return { active: true, severity: 'critical', value: state.lel, since: state.activeSince };
}
