// A sensor that is too old to be trusted, by its own bit or by its age; it ends when the device is replaced.
import { z } from 'zod';
import { instant, reviver } from './revive.js';
import { nothing, quiet, type RuleLogic } from './rule-logic.js';

interface EndOfLifeState {
  readonly saidAt: number | null;
}

const initial: EndOfLifeState = { saidAt: null };
const monthMs = 30.4375 * 24 * 60 * 60_000;

export const endOfLife: RuleLogic<'end-of-life', EndOfLifeState> = {
  traits: () => ({ class: 'T', latched: true }),
  order: 'none',
  initial,
  revive: reviver<EndOfLifeState>(z.object({ saidAt: instant }), initial),

  see(rule, before, seen) {
    const isSaid = seen.kind === 'readings' && rule.bit !== undefined && seen.bits[rule.bit] === true;
    return isSaid && before.saidAt === null ? { saidAt: seen.at } : before;
  },

  find(rule, { saidAt }, at, { madeAt, isBound }) {
    const endsAt = rule.afterMonths === undefined ? null : madeAt + Math.ceil(rule.afterMonths * monthMs);
    const since = saidAt ?? endsAt;
    // A device in its box harms nobody.
    if (since === null || !isBound) return nothing;
    if (at < since) return quiet(since);
    return { finding: { active: true, severity: 'major', value: null, since }, dueAt: null };
  },

  isAtRest: () => true,
};
