// The front of the rules: one step for all kinds, and folding again for what comes late.
import type { Rule, RuleKind, Severity } from '#codecs/api';
import { logicOf } from './kinds.js';
import type { Finding, Found, Observation, Scene } from './rule-logic.js';
import { advance, begin, revive, type Track } from './track.js';
import { steadied } from './unsteady.js';

export interface RuleStep {
  /** The same object when nothing is to be remembered. */
  readonly state: unknown;
  readonly finding: Finding;
  /** When to ask again although nothing was said. */
  readonly dueAt: number | null;
}

export function initialState(kind: RuleKind): unknown {
  return begin(logicOf(kind).initial);
}

export function reviveState(kind: RuleKind, stored: unknown): unknown {
  return revive(kind, stored);
}

/** @param open severity of the rule's alarm while it stands and is not calm */
export function stepRule(
  rule: Rule,
  state: unknown,
  observation: Observation,
  scene: Scene,
  open: Severity | null,
): RuleStep {
  // States only ever come from `initialState`, `reviveState`, `stepRule` or `foldAgain` of the same rule.
  const before = state as Track;
  const track = observation.kind === 'tick' ? before : advance(rule, before, observation, scene);
  const found = logicOf(rule.kind).find(rule, track.state, observation.at, scene, open);
  return steady(track, found, observation.at, open);
}

/** The usual case remembers nothing of it, and makes no new object. */
function steady(track: Track, found: Found, at: number, open: Severity | null): RuleStep {
  const isFlip = found.finding.active !== (open !== null);
  if (!isFlip && track.unsteady === undefined)
    return { state: track, finding: found.finding, dueAt: found.dueAt };
  const { found: told, unsteady } = steadied(track.unsteady, found, at, open);
  return { state: unsteady === track.unsteady ? track : withUnsteadiness(track, unsteady), ...told };
}

function withUnsteadiness({ unsteady: _, ...track }: Track, unsteady: Track['unsteady']): Track {
  return unsteady === undefined ? track : { ...track, unsteady };
}

/** How much of the dose to an alarm is used up, from 0 to 1; null for rules that count none. */
export function doseOf(rule: Rule, state: unknown, at: number, scene: Scene): number | null {
  return logicOf(rule.kind).dose?.(rule, (state as Track).state, at, scene) ?? null;
}

export { isArmed } from './arming.js';
export { compareEpisodes, type RuleDifference } from './compare-episodes.js';
export type { Episode } from './episode.js';
export { traitsOf } from './kinds.js';
export { type FoldedAgain, foldAgain, type Moment, replayRule } from './late-readings.js';
export {
  type Finding,
  type Observation,
  type Readings,
  type Scene,
  type Seen,
  sightMs,
} from './rule-logic.js';
export { isWorse } from './severity.js';
export { silenceLimitMs } from './silence.js';
export { reachMs } from './track.js';
