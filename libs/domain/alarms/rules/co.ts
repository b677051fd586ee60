// Carbon monoxide as a dose, by the detector's own bit, or twice very high; latched until a person resets it.
import { z } from 'zod';
import type { Severity } from '#codecs/api';
import { alarmPoints, type Dose, doseAfter, fullAt, noDose, warningPoints } from './co-dose.js';
import { instant, reviver } from './revive.js';
import { type Found, quiet, type RuleLogic, type RuleOf, type Scene, sightMs } from './rule-logic.js';
import { isWorse } from './severity.js';

interface CoState {
  /** The last level and its time; null: none that still counts. */
  readonly ppm: number | null;
  readonly levelAt: number | null;
  /** When the detector last said anything about the air. */
  readonly seenAt: number | null;
  readonly alarm: Dose;
  readonly warning: Dose;
  readonly bitSince: number | null;
  /** When the second of two very high samples came. */
  readonly twiceAt: number | null;
  /** Since when everything says that the alarm, or the warning, is over. */
  readonly calmSince: number | null;
  readonly mildSince: number | null;
}

const initial: CoState = {
  ppm: null,
  levelAt: null,
  seenAt: null,
  alarm: noDose,
  warning: noDose,
  bitSince: null,
  twiceAt: null,
  calmSince: null,
  mildSince: null,
};

/** Clean air for so long that nothing of the past counts: quiet samples then leave no trace, and cost no write. */
const rested: CoState = { ...initial, seenAt: 0, calmSince: 0, mildSince: 0 };

const dose = z.object({ share: z.number(), fullAt: instant });
const stored: z.ZodType<CoState> = z.object({
  ppm: z.number().nullable(),
  levelAt: instant,
  seenAt: instant,
  alarm: dose,
  warning: dose,
  bitSince: instant,
  twiceAt: instant,
  calmSince: instant,
  mildSince: instant,
});
const read = reviver(stored, initial);

/** At or over it two samples within 20 seconds are enough (practice), and any alarm is an emergency from 300 ppm on. */
const veryHighPpm = 600;
const twiceWithinMs = 20_000;
const emergencyPpm = 300;
/** The warning ends below 25 ppm for 10 minutes (practice). */
const mildBelowPpm = 25;
const mildAfterMs = 10 * 60_000;

export const co: RuleLogic<'co', CoState> = {
  traits: severity => (isGrave(severity) ? { class: 'L', latched: true } : { class: 'I', latched: false }),
  order: 'always',
  initial,
  revive(value) {
    const state = read(value);
    return isRested(state) ? rested : state;
  },

  see(rule, before, seen, scene) {
    if (seen.kind !== 'readings') return before;
    const level = seen.values[rule.reading];
    const bit = rule.bit === undefined ? undefined : seen.bits[rule.bit];
    if (level === undefined && bit === undefined) return before;
    if (before === rested && bit !== true && (level ?? 0) < Math.min(mildBelowPpm, rule.clearBelowPpm))
      return before;
    const state = sample(rule, before, seen.at, level, bit, scene);
    return isOver(rule, state) ? rested : state;
  },

  find(rule, state, at, scene, open) {
    const raised = raisedAt(rule, state, at, scene);
    if (raised !== null) {
      const { severity, since } = raised;
      return {
        finding: { active: true, severity, value: state.ppm, since },
        dueAt: severity === 'emergency' ? null : nextDue(rule, state, at, scene),
      };
    }
    const dueAt = nextDue(rule, state, at, scene);
    if (open === null || isClear(rule, state, open)) return quiet(dueAt);
    return { finding: { active: true, severity: open, value: state.ppm, since: at }, dueAt };
  },

  dose: (rule, state, at, scene) => dosesAt(rule, state, at, scene).alarm.share,

  isAtRest: state => state === rested || state === initial,
};

function sample(
  rule: RuleOf<'co'>,
  before: CoState,
  at: number,
  level: number | undefined,
  bit: boolean | undefined,
  scene: Scene,
): CoState {
  const isSighted = before.seenAt !== null && at - before.seenAt <= sightMs(scene);
  const ppm = level ?? before.ppm;
  const bitSince = bit === undefined ? before.bitSince : bit ? (before.bitSince ?? at) : null;
  const isCalmer = (limit: number) => bitSince === null && (ppm === null || ppm < limit);
  const since = (limit: number, known: number | null) =>
    isCalmer(limit) ? ((isSighted ? known : null) ?? at) : null;
  return {
    ppm,
    levelAt: level === undefined ? before.levelAt : at,
    seenAt: at,
    // A bit alone is no sample of the air: the level goes on counting from where it was measured.
    ...(level === undefined
      ? { alarm: before.alarm, warning: before.warning }
      : dosesAt(rule, before, at, scene)),
    bitSince,
    twiceAt: level === undefined ? before.twiceAt : twiceAt(before, level, at),
    calmSince: since(rule.clearBelowPpm, before.calmSince),
    mildSince: since(mildBelowPpm, before.mildSince),
  };
}

/** The last level stands until the next sample, at most for two intervals; the rest is blind time. */
function dosesAt(
  rule: RuleOf<'co'>,
  { ppm, levelAt, alarm, warning }: CoState,
  at: number,
  scene: Scene,
): Pick<CoState, 'alarm' | 'warning'> {
  if (ppm === null || levelAt === null) return { alarm, warning };
  const until = Math.min(at, levelAt + sightMs(scene));
  const points = alarmPoints(rule, scene);
  return {
    alarm: doseAfter(alarm, points, ppm, levelAt, until),
    warning: doseAfter(warning, warningPoints(points), ppm, levelAt, until),
  };
}

function twiceAt({ ppm, levelAt, twiceAt: known }: CoState, level: number, at: number): number | null {
  if (level < veryHighPpm) return null;
  const isSecond = ppm !== null && ppm >= veryHighPpm && levelAt !== null && at - levelAt <= twiceWithinMs;
  return known ?? (isSecond ? at : null);
}

interface Raised {
  readonly severity: Severity;
  readonly since: number;
}

function raisedAt(rule: RuleOf<'co'>, state: CoState, at: number, scene: Scene): Raised | null {
  const { alarm, warning } = dosesAt(rule, state, at, scene);
  const times = [alarm.fullAt, state.bitSince, state.twiceAt].filter(time => time !== null);
  if (times.length > 0) {
    const isEmergency = state.twiceAt !== null || (alarm.fullAt !== null && (state.ppm ?? 0) >= emergencyPpm);
    return { severity: isEmergency ? 'emergency' : 'critical', since: Math.min(...times) };
  }
  return warning.fullAt === null ? null : { severity: 'warning', since: warning.fullAt };
}

/** Only samples of the air end it: time alone proves nothing. */
function isClear(rule: RuleOf<'co'>, { seenAt, calmSince, mildSince }: CoState, open: Severity): boolean {
  const [since, afterMs] = isGrave(open) ? [calmSince, rule.clearAfterS * 1000] : [mildSince, mildAfterMs];
  return since !== null && seenAt !== null && (since === 0 || seenAt - since >= afterMs);
}

/** When one of the doses will be full, if the level stands, and is still seen then. */
function nextDue(rule: RuleOf<'co'>, state: CoState, at: number, scene: Scene): Found['dueAt'] {
  const { ppm, levelAt } = state;
  if (ppm === null || levelAt === null) return null;
  const points = alarmPoints(rule, scene);
  const due = [
    fullAt(state.alarm, points, ppm, levelAt),
    fullAt(state.warning, warningPoints(points), ppm, levelAt),
  ].filter(time => time > at && time <= levelAt + sightMs(scene));
  return due.length === 0 ? null : Math.min(...due);
}

function isOver(rule: RuleOf<'co'>, state: CoState): boolean {
  if (state.alarm.share > 0 || state.warning.share > 0) return false;
  return isClear(rule, state, 'critical') && isClear(rule, state, 'warning');
}

function isRested({ seenAt, calmSince }: CoState): boolean {
  return seenAt === 0 && calmSince === 0;
}

function isGrave(severity: Severity): boolean {
  return isWorse(severity, 'major');
}
