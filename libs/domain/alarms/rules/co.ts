// Carbon monoxide by steps of level and time, or by the detector's own bit; latched until a person resets it.
import { z } from 'zod';
import type { Severity } from '#codecs/api';
import { instant, reviver } from './revive.js';
import {
  blindAfterIntervals,
  inactive,
  type Observation,
  type RuleLogic,
  type RuleOf,
  type Scene,
} from './rule-logic.js';
import { severityEnum, worse } from './severity.js';

interface CoState {
  readonly ppm: number | null;
  readonly bit: boolean;
  readonly sampledAt: number | null;
  /** Since when the level stands at or over each of the rule's steps, in the rule's order. */
  readonly overSince: readonly (number | null)[];
  readonly active: { readonly since: number; readonly severity: Severity } | null;
  readonly calmSince: number | null;
}

const initial: CoState = {
  ppm: null,
  bit: false,
  sampledAt: null,
  overSince: [],
  active: null,
  calmSince: null,
};

const stored: z.ZodType<CoState> = z.object({
  ppm: z.number().nullable(),
  bit: z.boolean(),
  sampledAt: instant,
  overSince: z.array(instant),
  active: z.object({ since: z.number(), severity: severityEnum }).nullable(),
  calmSince: instant,
});

export const co: RuleLogic<'co', CoState> = {
  class: 'L',
  latched: true,
  initial,
  revive: reviver(stored, initial),

  step(rule, before, observation, scene) {
    const sampled = observation.kind === 'readings' ? sample(rule, before, observation, scene) : before;
    const state = settle(rule, sampled, observation.at, scene);
    return {
      state,
      finding:
        state.active === null
          ? inactive(observation.at)
          : { active: true, severity: state.active.severity, value: state.ppm, since: state.active.since },
      dueAt: nextDue(rule, state, observation.at, scene),
    };
  },
};

function sample(
  rule: RuleOf<'co'>,
  before: CoState,
  seen: Extract<Observation, { kind: 'readings' }>,
  scene: Scene,
): CoState {
  const read = seen.values[rule.reading];
  const bit = (rule.bit === undefined ? undefined : seen.bits[rule.bit]) ?? before.bit;
  const ppm = read ?? before.ppm;
  const calm = !bit && (ppm === null || ppm < rule.clearBelowPpm);
  const sighted = !isBlind(before, seen.at, scene);
  return {
    ...before,
    ppm,
    bit,
    sampledAt: read === undefined ? before.sampledAt : seen.at,
    overSince: rule.steps.map((step, i) => {
      if (ppm === null || ppm < step.atLeastPpm) return null;
      return (sighted ? before.overSince[i] : null) ?? seen.at;
    }),
    calmSince: calm ? ((sighted ? before.calmSince : null) ?? seen.at) : null,
  };
}

function settle(rule: RuleOf<'co'>, state: CoState, at: number, scene: Scene): CoState {
  if (state.active !== null && state.calmSince !== null) {
    const over = at - state.calmSince >= rule.clearAfterS * 1000 && !isBlind(state, at, scene);
    return over ? { ...state, active: null } : state;
  }
  const found = severityNow(rule, state, at, scene);
  if (found === null) return state;
  const since = state.active?.since ?? at;
  return { ...state, active: { since, severity: worse(state.active?.severity ?? found, found) } };
}

function severityNow(rule: RuleOf<'co'>, state: CoState, at: number, scene: Scene): Severity | null {
  const held = isBlind(state, at, scene)
    ? []
    : rule.steps.filter((step, i) => {
        const since = state.overSince[i] ?? null;
        return since !== null && at - since >= step.forS * 1000;
      });
  const found = held.map(step => step.severity);
  if (state.bit) found.push('critical');
  return found.length === 0 ? null : found.reduce(worse);
}

function isBlind(state: CoState, at: number, scene: Scene): boolean {
  return state.sampledAt !== null && at - state.sampledAt > blindAfterIntervals * scene.intervalS * 1000;
}

function nextDue(rule: RuleOf<'co'>, state: CoState, at: number, scene: Scene): number | null {
  const due = rule.steps
    .map((step, i) => ({ since: state.overSince[i] ?? null, forS: step.forS }))
    .filter((s): s is { since: number; forS: number } => s.since !== null)
    .map(s => s.since + s.forS * 1000)
    .filter(dueAt => dueAt > at && !isBlind(state, dueAt, scene));
  return due.length === 0 ? null : Math.min(...due);
}
