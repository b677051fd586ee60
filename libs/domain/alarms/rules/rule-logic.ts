// What every kind of rule is: a pure step from state and observation to state and finding.
import type { AlarmClass, HomeMode, Rule, RuleKind, Severity } from '#codecs/api';

/** What a rule is shown: readings of one moment, the passing of time, or a change of the home's mode. */
export type Observation =
  | {
      readonly kind: 'readings';
      readonly at: number;
      readonly values: Readonly<Record<string, number>>;
      readonly bits: Readonly<Record<string, boolean>>;
    }
  | { readonly kind: 'tick'; readonly at: number }
  | { readonly kind: 'mode'; readonly at: number };

/** What stands around the device while a rule decides. Times in milliseconds. */
export interface Scene {
  readonly intervalS: number;
  readonly power: 'mains' | 'battery';
  readonly safetyClass: AlarmClass;
  readonly isBound: boolean;
  readonly mode: HomeMode;
  readonly modeSince: number;
  readonly lastHeardAt: number | null;
  /** When the gateway began to listen: before that, silence proves nothing. */
  readonly listeningSince: number;
}

/** Whether the condition holds now; `severity` and `value` count only while it does. */
export interface Finding {
  readonly active: boolean;
  readonly severity: Severity;
  readonly value: number | null;
  /** When the condition began, for the alarm's "occurred at". */
  readonly since: number;
}

export interface RuleStep<S> {
  readonly state: S;
  readonly finding: Finding;
  /** When to ask again although nothing was said. */
  readonly dueAt: number | null;
}

export type RuleOf<K extends RuleKind> = Extract<Rule, { kind: K }>;

export interface RuleLogic<K extends RuleKind, S> {
  readonly class: AlarmClass;
  /** A latched alarm waits for a person after its cause is gone. */
  readonly latched: boolean;
  readonly initial: S;
  /** Reads a stored state; anything it does not know becomes the initial state. */
  revive(stored: unknown): S;
  step(rule: RuleOf<K>, state: S, observation: Observation, scene: Scene): RuleStep<S>;
}

export function inactive(at: number): Finding {
  return { active: false, severity: 'info', value: null, since: at };
}

/** Silence longer than this many intervals is blind time: nothing is concluded from it. */
export const blindAfterIntervals = 2;
