// All kinds of rules in one table, and the one step that serves them all.
import type { AlarmClass, Rule, RuleKind } from '#codecs/api';
import { co } from './co.js';
import { gas } from './gas.js';
import { intrusion } from './intrusion.js';
import { leftOpen } from './left-open.js';
import type { Observation, RuleLogic, RuleStep, Scene } from './rule-logic.js';
import { silence } from './silence.js';

const kinds = {
  gas,
  co,
  'left-open': leftOpen,
  intrusion,
  silence,
} satisfies { [K in RuleKind]: RuleLogic<K, never> | RuleLogic<K, object> };

/** A kind's logic with its state's type forgotten: states only ever come from `revive` or `step` of the same kind. */
function logicOf(kind: RuleKind): RuleLogic<RuleKind, unknown> {
  return kinds[kind] as unknown as RuleLogic<RuleKind, unknown>;
}

export function classOf(kind: RuleKind): AlarmClass {
  return kinds[kind].class;
}

export function isLatched(kind: RuleKind): boolean {
  return kinds[kind].latched;
}

export function initialState(kind: RuleKind): unknown {
  return kinds[kind].initial;
}

export function reviveState(kind: RuleKind, stored: unknown): unknown {
  return logicOf(kind).revive(stored);
}

export function stepRule(
  rule: Rule,
  state: unknown,
  observation: Observation,
  scene: Scene,
): RuleStep<unknown> {
  return logicOf(rule.kind).step(rule, state, observation, scene);
}

export type { Finding, Observation, RuleStep, Scene } from './rule-logic.js';
export { isWorse } from './severity.js';
