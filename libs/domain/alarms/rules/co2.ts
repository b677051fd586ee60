// Carbon dioxide: stale air by steps of level and time, and at once where it takes one's breath.
import { z } from 'zod';
import type { Severity } from '#codecs/api';
import { instant, reviver } from './revive.js';
import { quiet, type RuleLogic, type RuleOf, type Scene, sightMs } from './rule-logic.js';
import { isWorse } from './severity.js';

interface Co2State {
  readonly ppm: number | null;
  readonly seenAt: number | null;
  /** Since when it stands at or over each step, and since when well below it; in the order of the steps. */
  readonly overSince: readonly (number | null)[];
  readonly belowSince: readonly (number | null)[];
}

const initial: Co2State = { ppm: null, seenAt: null, overSince: [], belowSince: [] };
const rested: Co2State = { ppm: 0, seenAt: null, overSince: [], belowSince: [] };
const stored: z.ZodType<Co2State> = z.object({
  ppm: z.number().nullable(),
  seenAt: instant,
  overSince: z.array(instant),
  belowSince: z.array(instant),
});

interface Step {
  readonly severity: Severity;
  readonly ppm: number;
  readonly forMs: number;
}

/** Lowest first. */
function stepsOf({ hintPpm, poorPpm, warnPpm, dangerPpm, forS }: RuleOf<'co2'>): readonly Step[] {
  const forMs = forS * 1000;
  return [
    { severity: 'info', ppm: hintPpm, forMs },
    { severity: 'warning', ppm: poorPpm, forMs },
    { severity: 'minor', ppm: warnPpm, forMs },
    { severity: 'critical', ppm: dangerPpm, forMs: 0 },
  ];
}

export const co2: RuleLogic<'co2', Co2State> = {
  traits: severity =>
    isWorse(severity, 'major') ? { class: 'L', latched: true } : { class: 'I', latched: false },
  order: 'always',
  initial,
  revive: reviver(stored, initial),

  see(rule, before, seen, scene) {
    const ppm = seen.kind === 'readings' ? seen.values[rule.reading] : undefined;
    if (ppm === undefined) return before;
    if (isAtRest(before) && before.ppm !== null && ppm < rule.hintPpm - rule.clearByPpm) return before;
    const state = sampled(rule, before, ppm, seen.at, scene);
    return isClear(rule, state, 0) ? rested : state;
  },

  find(rule, state, at, scene, open) {
    const steps = stepsOf(rule);
    const seenUntil = (state.seenAt ?? 0) + sightMs(scene);
    const times = steps.map((step, i) => {
      const since = state.overSince[i] ?? null;
      return since === null || since + step.forMs > seenUntil ? null : since + step.forMs;
    });
    const held = times.findLastIndex(time => time !== null && time <= at);
    const due = times.filter(time => time !== null && time > at).map(Number);
    const dueAt = due.length === 0 ? null : Math.min(...due);
    const told = open === null ? -1 : steps.findLastIndex(({ severity }) => severity === open);
    const standing = Math.max(held, isClear(rule, state, told) ? -1 : told);
    const step = steps[standing];
    if (step === undefined) return quiet(dueAt);
    const since = state.overSince[standing] ?? at;
    return { finding: { active: true, severity: step.severity, value: state.ppm, since }, dueAt };
  },

  isAtRest,
};

function sampled(rule: RuleOf<'co2'>, before: Co2State, ppm: number, at: number, scene: Scene): Co2State {
  const isSighted = before.seenAt !== null && at - before.seenAt <= sightMs(scene);
  const known = (times: Co2State['overSince'], i: number) => (isSighted ? times[i] : null) ?? at;
  return {
    ppm,
    seenAt: at,
    overSince: stepsOf(rule).map((step, i) => (isOver(step, ppm) ? known(before.overSince, i) : null)),
    belowSince: stepsOf(rule).map((step, i) =>
      ppm < step.ppm - rule.clearByPpm ? known(before.belowSince, i) : null,
    ),
  };
}

/** What must last is over its limit; the danger begins at its own. */
function isOver({ ppm: limit, forMs }: Step, ppm: number): boolean {
  return forMs > 0 ? ppm > limit : ppm >= limit;
}

/** Whether samples have stood well below a step for long enough. */
function isClear(rule: RuleOf<'co2'>, state: Co2State, step: number): boolean {
  if (state === rested || step < 0 || isRested(state)) return true;
  const since = state.belowSince[step] ?? null;
  return since !== null && state.seenAt !== null && state.seenAt - since >= rule.clearAfterS * 1000;
}

function isRested({ ppm, seenAt }: Co2State): boolean {
  return ppm !== null && seenAt === null;
}

function isAtRest({ seenAt }: Co2State): boolean {
  return seenAt === null;
}
