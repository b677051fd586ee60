// A battery that runs down: low at two samples an hour apart, or gone within the notice that a safety device gives.
import { z } from 'zod';
import type { Severity } from '#codecs/api';
import { instant, reviver } from './revive.js';
import { nothing, type RuleLogic, type RuleOf, type Scene, settled } from './rule-logic.js';

interface BatteryState {
  /** The last percentage that was worth remembering. */
  readonly percent: number | null;
  /** Since when every sample was low, or very low; and whether one said so long enough after the first. */
  readonly lowSince: number | null;
  readonly isLow: boolean;
  readonly veryLowSince: number | null;
  readonly isVeryLow: boolean;
  /** Where the pace is reckoned from, and from where it will be next. */
  readonly anchorAt: number | null;
  readonly anchorPercent: number;
  readonly nextAt: number | null;
  readonly nextPercent: number;
  readonly isEnding: boolean;
}

const initial: BatteryState = {
  percent: null,
  lowSince: null,
  isLow: false,
  veryLowSince: null,
  isVeryLow: false,
  anchorAt: null,
  anchorPercent: 0,
  nextAt: null,
  nextPercent: 0,
  isEnding: false,
};
const stored: z.ZodType<BatteryState> = z.object({
  percent: z.number().nullable(),
  lowSince: instant,
  isLow: z.boolean(),
  veryLowSince: instant,
  isVeryLow: z.boolean(),
  anchorAt: instant,
  anchorPercent: z.number(),
  nextAt: instant,
  nextPercent: z.number(),
  isEnding: z.boolean(),
});

const dayMs = 24 * 60 * 60_000;
/** A pace is taken over at least this long, and at most twice as long. */
const paceMs = 14 * dayMs;

export const battery: RuleLogic<'battery', BatteryState> = {
  traits: () => ({ class: 'T', latched: false }),
  order: 'none',
  initial,
  revive: reviver(stored, initial),

  see(rule, before, seen, scene) {
    const percent = seen.kind === 'readings' ? seen.values[rule.reading] : undefined;
    if (percent === undefined) return before;
    const { at } = seen;
    if (percent > rule.clearAbovePercent) return charged(rule, before, percent, at, scene);
    const since = (limit: number, known: number | null) => (percent < limit ? (known ?? at) : null);
    const lowSince = since(rule.lowPercent, before.lowSince);
    const veryLowSince = since(rule.veryLowPercent, before.veryLowSince);
    const isConfirmed = (from: number | null) => from !== null && at - from >= rule.confirmS * 1000;
    const next: BatteryState = {
      ...paced(before, percent, at),
      percent: Math.round(percent),
      lowSince,
      isLow: before.isLow || isConfirmed(lowSince),
      veryLowSince,
      isVeryLow: before.isVeryLow || isConfirmed(veryLowSince),
      isEnding: before.isEnding || isEnding(rule, before, percent, at, scene),
    };
    return settled(before, next);
  },

  find(_rule, state, at) {
    const severity: Severity | null = state.isVeryLow
      ? 'major'
      : state.isLow || state.isEnding
        ? 'minor'
        : null;
    if (severity === null) return nothing;
    const since = state.lowSince ?? at;
    return { finding: { active: true, severity, value: state.percent, since }, dueAt: null };
  },

  isAtRest: () => true,
};

/** Full enough: only the pace may still tell that it ends soon. */
function charged(
  rule: RuleOf<'battery'>,
  before: BatteryState,
  percent: number,
  at: number,
  scene: Scene,
): BatteryState {
  const next = {
    ...initial,
    ...paced(before, percent, at),
    isEnding: isEnding(rule, before, percent, at, scene),
  };
  return settled(before, next.isEnding ? { ...next, percent: Math.round(percent) } : next);
}

type Pace = Pick<BatteryState, 'anchorAt' | 'anchorPercent' | 'nextAt' | 'nextPercent'>;

/** A battery that was changed begins anew. */
function paced(
  { anchorAt, anchorPercent, nextAt, nextPercent }: BatteryState,
  percent: number,
  at: number,
): Pace {
  if (anchorAt === null || percent > anchorPercent + 5)
    return { anchorAt: at, anchorPercent: percent, nextAt: null, nextPercent: 0 };
  if (nextAt === null)
    return at - anchorAt < paceMs
      ? { anchorAt, anchorPercent, nextAt, nextPercent }
      : { anchorAt, anchorPercent, nextAt: at, nextPercent: percent };
  return at - nextAt < paceMs
    ? { anchorAt, anchorPercent, nextAt, nextPercent }
    : { anchorAt: nextAt, anchorPercent: nextPercent, nextAt: at, nextPercent: percent };
}

function isEnding(
  rule: RuleOf<'battery'>,
  { anchorAt, anchorPercent }: BatteryState,
  percent: number,
  at: number,
  { safetyClass }: Scene,
): boolean {
  if (safetyClass !== 'L' || anchorAt === null || at - anchorAt < paceMs) return false;
  const perDay = (anchorPercent - percent) / ((at - anchorAt) / dayMs);
  return perDay > 0 && percent / perDay < rule.noticeDays;
}
