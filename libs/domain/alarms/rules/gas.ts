// Flammable gas: the detector's own bit, or two samples over the threshold; latched until a person resets it.
import { z } from 'zod';
import { lelPerUnit, type Severity } from '#codecs/api';
import { instant, reviver } from './revive.js';
import { quiet, type RuleLogic, type RuleOf, type Scene, sightMs } from './rule-logic.js';
import { isWorse } from './severity.js';

/** A level that stands: since when, and whether a second sample has said so. */
interface Over {
  readonly since: number;
  readonly isConfirmed: boolean;
}

interface GasState {
  /** As the detector reports it, in its own unit. */
  readonly value: number | null;
  readonly bitSince: number | null;
  /** When the detector last said something about the air. */
  readonly seenAt: number | null;
  /** At or over the threshold of the alarm, and of the warning before it. */
  readonly over: Over | null;
  readonly near: Over | null;
  /** Since when everything says that it is over. */
  readonly calmSince: number | null;
  /** Calm for long enough; what says so again is no news. */
  readonly isOver: boolean;
}

const initial: GasState = {
  value: null,
  bitSince: null,
  seenAt: null,
  over: null,
  near: null,
  calmSince: null,
  isOver: false,
};
const rested: GasState = { ...initial, isOver: true };

const over = z.object({ since: z.number(), isConfirmed: z.boolean() }).nullable();
const stored: z.ZodType<GasState> = z.object({
  value: z.number().nullable(),
  bitSince: instant,
  seenAt: instant,
  over,
  near: over,
  calmSince: instant,
  isOver: z.boolean(),
});

export const gas: RuleLogic<'gas', GasState> = {
  traits: severity =>
    isWorse(severity, 'major') ? { class: 'L', latched: true } : { class: 'I', latched: false },
  order: 'always',
  initial,
  revive: reviver(stored, initial),

  see(rule, before, seen, scene) {
    if (seen.kind !== 'readings') return before;
    const value = seen.values[rule.reading];
    const bit = rule.bit === undefined ? undefined : seen.bits[rule.bit];
    if (value === undefined && bit === undefined) return before;
    const perUnit = lelPerUnitOf(rule, scene);
    if (before.isOver && bit !== true && (value ?? 0) * perUnit < rule.clearBelowLel) return before;
    return sampled(rule, before, { at: seen.at, value, bit }, perUnit, scene);
  },

  find(rule, state, at, _scene, open) {
    const { bitSince, value } = state;
    if (bitSince !== null || isHeld(rule, state.over, at)) {
      const since = Math.min(bitSince ?? at, state.over?.since ?? at);
      return { finding: { active: true, severity: 'critical', value, since }, dueAt: null };
    }
    const dueAt = earlier(heldAt(rule, state.over, at), heldAt(rule, state.near, at));
    const warned = isHeld(rule, state.near, at);
    const severity: Severity | null = open ?? (warned ? 'warning' : null);
    if (severity === null || (state.isOver && !warned)) return quiet(dueAt);
    return { finding: { active: true, severity, value, since: state.near?.since ?? at }, dueAt };
  },

  isAtRest: state => state.isOver || state.seenAt === null,
};

interface Sample {
  readonly at: number;
  readonly value: number | undefined;
  readonly bit: boolean | undefined;
}

function sampled(
  rule: RuleOf<'gas'>,
  before: GasState,
  { at, value: read, bit }: Sample,
  perUnit: number,
  scene: Scene,
): GasState {
  const value = read ?? before.value;
  const lel = value === null ? null : value * perUnit;
  const bitSince = bit === undefined ? before.bitSince : bit ? (before.bitSince ?? at) : null;
  const levelOver = (limit: number | null, known: Over | null): Over | null => {
    if (read === undefined) return known;
    if (limit === null || lel === null || lel < limit) return null;
    return { since: known?.since ?? at, isConfirmed: known !== null };
  };
  const isCalm = bitSince === null && (lel === null || lel < rule.clearBelowLel);
  // Nobody knows what the air was like meanwhile, so a calm does not reach across it.
  const isSighted = before.seenAt !== null && at - before.seenAt <= sightMs(scene);
  const calmSince = isCalm ? ((isSighted ? before.calmSince : null) ?? at) : null;
  if (calmSince !== null && at - calmSince >= rule.clearAfterS * 1000) return rested;
  return {
    value,
    bitSince,
    seenAt: at,
    over: levelOver(rule.raiseAtLel, before.over),
    near: levelOver(rule.warnAtLel, before.near),
    calmSince,
    isOver: false,
  };
}

function isHeld(rule: RuleOf<'gas'>, level: Over | null, at: number): boolean {
  return level !== null && (level.isConfirmed || at - level.since >= rule.holdS * 1000);
}

/** When a level will have stood for long enough; null when that is not ahead. */
function heldAt(rule: RuleOf<'gas'>, level: Over | null, at: number): number | null {
  const time = level === null ? at : level.since + rule.holdS * 1000;
  return time > at ? time : null;
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.min(one, other);
}

/** A product whose unit says nothing is refused; one that was stored before that counts as %LEL. */
function lelPerUnitOf({ reading, gas: name }: RuleOf<'gas'>, { readings }: Scene): number {
  return lelPerUnit(readings.find(declared => declared.name === reading)?.unit ?? '%LEL', name) ?? 1;
}
