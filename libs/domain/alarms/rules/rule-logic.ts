// What every kind of rule is: a fold over what was seen, and a pure question to it at any moment.
import type { AlarmClass, HomeMode, Product, Region, Rule, RuleKind, RuleOf, Severity } from '#codecs/api';

/** Readings of one moment. */
export interface Readings {
  readonly kind: 'readings';
  readonly at: number;
  readonly values: Readonly<Record<string, number>>;
  readonly bits: Readonly<Record<string, boolean>>;
  /** When it was heard, and how long after the time that the device's own clock gave; none when it gave none. */
  readonly claimed?: { readonly heardAt: number; readonly lagMs: number };
}

/** What a rule is shown: readings, the passing of time, or a change of the home's mode. */
export type Observation =
  | Readings
  | { readonly kind: 'tick'; readonly at: number }
  | { readonly kind: 'mode'; readonly at: number };

/** What changes a rule's memory: time alone does not. */
export type Seen = Exclude<Observation, { kind: 'tick' }>;

/** What stands around the device while a rule decides. Times in milliseconds. */
export interface Scene {
  readonly intervalS: number;
  readonly power: 'mains' | 'battery';
  readonly region: Region;
  readonly safetyClass: AlarmClass;
  readonly isBound: boolean;
  readonly mode: HomeMode;
  readonly modeSince: number;
  readonly lastHeardAt: number | null;
  /** When the gateway began to listen: before that, silence proves nothing. */
  readonly listeningSince: number;
  /** When the device was made. */
  readonly madeAt: number;
  /** As the product declares them: units and ranges. */
  readonly readings: Product['readings'];
}

/** Whether the condition holds now; all else counts only while it does. */
export interface Finding {
  readonly active: boolean;
  readonly severity: Severity;
  readonly value: number | null;
  /** When the condition began, for the alarm's "occurred at". */
  readonly since: number;
  /** It comes and goes so fast that it is held. */
  readonly isUnsteady?: true;
}

export interface Found {
  readonly finding: Finding;
  /** When the finding may change although nothing was said; a whole millisecond after the moment asked about. */
  readonly dueAt: number | null;
}

/** Of an alarm: what it is, and whether it waits for a person after its cause is gone. */
export interface Traits {
  readonly class: AlarmClass;
  readonly latched: boolean;
}

export type { RuleOf };

/**
 * A kind of rule. What it remembers (`S`) depends on what was seen, in its order of time, and on nothing else: neither
 * on when it was asked, nor on what people were told. So a late reading can be put into its place by folding again.
 */
export interface Logic<R extends Rule, S> {
  traits(severity: Severity): Traits;
  /** Nothing is known. */
  readonly initial: S;
  /**
   * Whether late readings are put into their place: always, as far back as the home's modes are known too, or not at
   * all, where nothing depends on order that a day later matters.
   */
  readonly order: 'always' | 'modes-too' | 'none';
  /** Reads a stored state; anything it does not know becomes the initial state. */
  revive(stored: unknown): S;
  /** @returns the same object when nothing changed: then nothing is written. */
  see(rule: R, state: S, seen: Seen, scene: Scene): S;
  /**
   * What holds at a moment that is not before the last one seen.
   * @param open severity of the alarm that people were told of and that is not calm yet: it holds until it is clear
   */
  find(rule: R, state: S, at: number, scene: Scene, open: Severity | null): Found;
  /** Of a kind whose alarm is a dose: how much of it is used up, from 0 to 1. */
  dose?(rule: R, state: S, at: number, scene: Scene): number;
  /** Whether a reading before this state, which nobody knew of, could have changed nothing but by itself. */
  isAtRest(state: S): boolean;
}

export type RuleLogic<K extends RuleKind, S> = Logic<RuleOf<K>, S>;

const inactive: Finding = { active: false, severity: 'info', value: null, since: 0 };

/** What nearly every question comes to: the condition does not hold, and will not without a word. */
export const nothing: Found = { finding: inactive, dueAt: null };

/** It does not hold. */
export function quiet(dueAt: number | null): Found {
  return dueAt === null ? nothing : { finding: inactive, dueAt };
}

/** Silence longer than this many intervals is blind time: nothing is concluded from it. */
const blindAfterIntervals = 2;

/** For how long the last reading counts, when no other follows. */
export function sightMs({ intervalS }: Pick<Scene, 'intervalS'>): number {
  return blindAfterIntervals * intervalS * 1000;
}

/** The state before when the next one says the same, so that nobody takes it for news. */
export function settled<S extends object>(before: S, next: S): S {
  for (const key of Object.keys(next) as (keyof S)[]) if (next[key] !== before[key]) return next;
  return before;
}
