// A device that stops speaking: silence is an alarm, and the gateway's own absence is not silence.
import { z } from 'zod';
import { reviver } from './revive.js';
import { nothing, quiet, type RuleLogic, type RuleOf, type Scene } from './rule-logic.js';

/** Nothing to remember: when the device was last heard stands in the scene. */
type SilenceState = Readonly<Record<string, never>>;

const initial: SilenceState = {};

export const silence: RuleLogic<'silence', SilenceState> = {
  traits: () => ({ class: 'T', latched: false }),
  order: 'none',
  initial,
  revive: reviver<SilenceState>(z.object({}), initial),
  see: (_rule, before) => before,

  find(rule, _state, at, scene, open) {
    if (!scene.isBound || scene.lastHeardAt === null) return nothing;
    // What was told stands until a word of the device: that the gateway was away since proves nothing either.
    const silentSince = open === null ? Math.max(scene.lastHeardAt, scene.listeningSince) : scene.lastHeardAt;
    const dueAt = silentSince + silenceLimitMs(rule, scene);
    if (at < dueAt) return quiet(dueAt);
    const severity = scene.safetyClass === 'L' ? 'major' : 'minor';
    return { finding: { active: true, severity, value: null, since: scene.lastHeardAt }, dueAt: null };
  },

  isAtRest: () => true,
};

/** Class L: 2.5 intervals, at most 10 min on mains and 65 min on battery; others: 3 intervals. */
export function silenceLimitMs(rule: RuleOf<'silence'>, scene: Scene): number {
  if (rule.afterS !== null) return rule.afterS * 1000;
  if (scene.safetyClass !== 'L') return 3 * scene.intervalS * 1000;
  const mostMin = scene.power === 'mains' ? 10 : 65;
  return Math.min(2.5 * scene.intervalS, mostMin * 60) * 1000;
}
