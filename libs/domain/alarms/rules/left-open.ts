// A door, window or fridge that stays open longer than is usual for its place.
import { z } from 'zod';
import { openForS } from '#codecs/api';
import { instant, reviver } from './revive.js';
import { nothing, quiet, type RuleLogic } from './rule-logic.js';

interface LeftOpenState {
  readonly openSince: number | null;
}

const initial: LeftOpenState = { openSince: null };

export const leftOpen: RuleLogic<'left-open', LeftOpenState> = {
  traits: () => ({ class: 'S', latched: false }),
  order: 'always',
  initial,
  revive: reviver<LeftOpenState>(z.object({ openSince: instant }), initial),

  see(rule, before, seen) {
    const open = seen.kind === 'readings' ? seen.bits[rule.bit] : undefined;
    if (open === undefined || open === (before.openSince !== null)) return before;
    return { openSince: open ? seen.at : null };
  },

  find(rule, { openSince }, at) {
    if (openSince === null) return nothing;
    const dueAt = openSince + (rule.afterS ?? openForS[rule.place]) * 1000;
    if (at < dueAt) return quiet(dueAt);
    return { finding: { active: true, severity: 'warning', value: null, since: openSince }, dueAt: null };
  },

  isAtRest: ({ openSince }) => openSince === null,
};
