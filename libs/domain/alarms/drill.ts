// A drill: the alarm that a device's test button raises, so that everybody sees the way to them work.
import type { Rule, RuleKind } from '#codecs/api';
import type { Alarm } from './alarm.js';
import { chainFrom } from './chain.js';
import { type AlarmChange, end, type Occasion } from './life-cycle.js';
import { firstRepeatAt } from './repeats.js';
import { traitsOf } from './rules/index.js';

/** Long enough for every stage of an escalation, and then it is over. */
const lastsMs = 10 * 60_000;
/** Of no product: a rule's id cannot be this. */
const rule = '*drill';

/** Told as class L is, whatever the product. @returns null for a product that has nothing to raise */
export function drill(rules: readonly Rule[], occasion: Occasion): AlarmChange | null {
  const kind = gravest(rules);
  if (kind === undefined) return null;
  const at = occasion.receivedAt;
  const alarm: Alarm = {
    ...occasion,
    rule,
    kind,
    class: 'L',
    severity: 'critical',
    isDrill: true,
    value: null,
    occurredAt: at,
    raisedAt: at,
    acknowledgedAt: null,
    acknowledgedBy: null,
    calmAt: null,
    clearedAt: null,
    endReason: null,
    repeatAt: firstRepeatAt({}, 'L', at),
    repeats: 0,
    ...chainFrom('L', at),
    timeline: [{ at, what: 'raised', by: null }],
  };
  return { alarm, step: 'raised' };
}

/** When a drill is over by itself; null for an alarm that is none. */
export function drillEndsAt({ isDrill, raisedAt }: Alarm): number | null {
  return isDrill ? raisedAt + lastsMs : null;
}

export function endDrill(alarm: Alarm, at: number): AlarmChange | null {
  const endsAt = drillEndsAt(alarm);
  return endsAt !== null && endsAt <= at && alarm.clearedAt === null ? end(alarm, 'over', at, null) : null;
}

function gravest(rules: readonly Rule[]): RuleKind | undefined {
  const kinds = rules.map(({ kind }) => kind);
  return kinds.find(kind => traitsOf(kind, 'critical').class === 'L') ?? kinds[0];
}
