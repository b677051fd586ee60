// A door, window or fridge that stays open longer than it should.
import { z } from 'zod';
import { instant, reviver } from './revive.js';
import { inactive, type RuleLogic } from './rule-logic.js';

interface LeftOpenState {
  readonly openSince: number | null;
}

const initial: LeftOpenState = { openSince: null };

export const leftOpen: RuleLogic<'left-open', LeftOpenState> = {
  class: 'S',
  latched: false,
  initial,
  revive: reviver<LeftOpenState>(z.object({ openSince: instant }), initial),

  step(rule, before, observation) {
    const open = observation.kind === 'readings' ? observation.bits[rule.bit] : undefined;
    const openSince =
      open === undefined ? before.openSince : open ? (before.openSince ?? observation.at) : null;
    if (openSince === null) return { state: { openSince }, finding: inactive(observation.at), dueAt: null };
    const dueAt = openSince + rule.afterS * 1000;
    const active = observation.at >= dueAt;
    return {
      state: { openSince },
      finding: { active, severity: 'warning', value: null, since: openSince },
      dueAt: active ? null : dueAt,
    };
  },
};
