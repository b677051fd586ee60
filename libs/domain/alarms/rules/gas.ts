// Flammable gas: the detector's own bit, or two samples over the threshold; latched until a person resets it.
import { z } from 'zod';
import { instant, reviver } from './revive.js';
import { type Finding, inactive, type Observation, type RuleLogic, type RuleOf } from './rule-logic.js';

interface GasState {
  readonly lel: number | null;
  readonly bit: boolean;
  /** Since when the level stands at or over the threshold. */
  readonly overSince: number | null;
  readonly activeSince: number | null;
  /** Since when everything says that it is over. */
  readonly calmSince: number | null;
}

const initial: GasState = { lel: null, bit: false, overSince: null, activeSince: null, calmSince: null };

const stored: z.ZodType<GasState> = z.object({
  lel: z.number().nullable(),
  bit: z.boolean(),
  overSince: instant,
  activeSince: instant,
  calmSince: instant,
});

export const gas: RuleLogic<'gas', GasState> = {
  class: 'L',
  latched: true,
  initial,
  revive: reviver(stored, initial),

  step(rule, before, observation) {
    const state = observation.kind === 'readings' ? sampled(rule, before, observation) : before;
    const raised =
      state.activeSince === null
        ? raise(rule, before, state, observation)
        : clear(rule, state, observation.at);
    const waits = raised.activeSince === null && raised.overSince !== null;
    return {
      state: raised,
      finding: finding(raised, observation.at),
      dueAt: waits ? (raised.overSince ?? 0) + rule.holdS * 1000 : null,
    };
  },
};

function sampled(
  rule: RuleOf<'gas'>,
  before: GasState,
  seen: Extract<Observation, { kind: 'readings' }>,
): GasState {
  const lel = seen.values[rule.reading] ?? before.lel;
  const bit = (rule.bit === undefined ? undefined : seen.bits[rule.bit]) ?? before.bit;
  const over = lel !== null && lel >= rule.raiseAtLel;
  const calm = !bit && (lel === null || lel < rule.clearBelowLel);
  return {
    ...before,
    lel,
    bit,
    overSince: over ? (before.overSince ?? seen.at) : null,
    calmSince: calm ? (before.calmSince ?? seen.at) : null,
  };
}

/** The bit at once; the level at its second sample, or once it has stood for `holdS`. */
function raise(rule: RuleOf<'gas'>, before: GasState, state: GasState, { kind, at }: Observation): GasState {
  const secondSample = kind === 'readings' && before.overSince !== null && state.overSince !== null;
  const held = state.overSince !== null && at - state.overSince >= rule.holdS * 1000;
  if (!state.bit && !secondSample && !held) return state;
  return { ...state, activeSince: state.overSince ?? at, calmSince: null };
}

/** Only a reading can end it: time alone proves nothing about the air. */
function clear(rule: RuleOf<'gas'>, state: GasState, at: number): GasState {
  const over = state.calmSince !== null && at - state.calmSince >= rule.clearAfterS * 1000;
  return over ? { ...state, activeSince: null, overSince: null } : state;
}

function finding(state: GasState, at: number): Finding {
  if (state.activeSince === null) return inactive(at);
  return { active: true, severity: 'critical', value: state.lel, since: state.activeSince };
}
