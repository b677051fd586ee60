// A rule on trial: shown readings, time and modes one after the other, in seconds since a beginning.
import { type Rule, ruleSchema, type Severity } from '#codecs/api';
import {
  type Finding,
  initialState,
  isWorse,
  type Observation,
  reviveState,
  type Scene,
  stepRule,
} from './index.js';

/** A moment whose milliseconds do not fit 32 bits. */
export const beginning = 1_763_700_000_000;

export const atSecond = (second: number): number => beginning + second * 1000;

export const quietScene: Scene = {
  intervalS: 60,
  power: 'mains',
  region: 'EN',
  safetyClass: 'L',
  isBound: true,
  mode: 'home',
  modeSince: beginning,
  lastHeardAt: beginning,
  listeningSince: beginning,
  madeAt: beginning,
  readings: [],
};

export interface Shown {
  readonly finding: Finding;
  /** Seconds since the beginning; null: not until something is said. */
  readonly dueAtSecond: number | null;
}

export class RuleRun {
  readonly rule: Rule;
  /** As the rule remembers it; the same object when nothing was to be remembered. */
  state: unknown;
  /** The alarm as people know it; null: none, or it is calm. */
  open: Severity | null = null;
  private dueAt: number | null = null;

  /** @param rule as a product declares it: what it leaves out has the defaults */
  constructor(
    rule: object,
    public scene: Scene = quietScene,
  ) {
    this.rule = ruleSchema.parse({ id: 'rule', ...rule });
    this.state = initialState(this.rule.kind);
  }

  readings(second: number, values: Record<string, number>, bits: Record<string, boolean> = {}): Shown {
    return this.show({ kind: 'readings', at: atSecond(second), values, bits });
  }

  tick(second: number): Shown {
    return this.show({ kind: 'tick', at: atSecond(second) });
  }

  mode(second: number, mode: Scene['mode']): Shown {
    this.scene = { ...this.scene, mode, modeSince: atSecond(second) };
    return this.show({ kind: 'mode', at: atSecond(second) });
  }

  /** As after a restart: what was remembered comes back as JSON. */
  restart(): void {
    this.state = reviveState(this.rule.kind, JSON.parse(JSON.stringify(this.state)));
  }

  /** The clock strikes when it is due, as in the intake. */
  show(observation: Observation): Shown {
    const { dueAt } = this;
    if (dueAt !== null && dueAt < observation.at && observation.kind !== 'tick')
      this.ask({ kind: 'tick', at: dueAt });
    return this.ask(observation);
  }

  private ask(observation: Observation): Shown {
    const { state, finding, dueAt } = stepRule(this.rule, this.state, observation, this.scene, this.open);
    this.state = state;
    this.dueAt = dueAt;
    if (!finding.active) this.open = null;
    else if (this.open === null || isWorse(finding.severity, this.open)) this.open = finding.severity;
    return { finding, dueAtSecond: dueAt === null ? null : (dueAt - beginning) / 1000 };
  }
}
