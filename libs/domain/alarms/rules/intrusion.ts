// A door that opens while the home is away or asleep: an alarm after the entry delay, until disarmed and closed.
import { z } from 'zod';
import { instant, reviver } from './revive.js';
import { inactive, type RuleLogic, type RuleOf, type Scene } from './rule-logic.js';

interface IntrusionState {
  readonly open: boolean;
  /** When it was opened while armed. */
  readonly intrudedAt: number | null;
}

const initial: IntrusionState = { open: false, intrudedAt: null };

export const intrusion: RuleLogic<'intrusion', IntrusionState> = {
  class: 'S',
  latched: false,
  initial,
  revive: reviver<IntrusionState>(z.object({ open: z.boolean(), intrudedAt: instant }), initial),

  step(rule, before, observation, scene) {
    const open = (observation.kind === 'readings' ? observation.bits[rule.bit] : undefined) ?? before.open;
    const opened = open && !before.open;
    const entered = opened && isArmed(rule, scene, observation.at);
    const intrudedAt = before.intrudedAt ?? (entered ? observation.at : null);
    const alarmAt = intrudedAt === null ? null : intrudedAt + rule.entryDelayS * 1000;
    const wasActive = alarmAt !== null && observation.at >= alarmAt;
    // Disarmed within the entry delay nothing happened; afterwards it lasts until the door is closed as well.
    const over = scene.mode === 'home' && (!wasActive || !open);
    if (intrudedAt === null || over) {
      return { state: { open, intrudedAt: null }, finding: inactive(observation.at), dueAt: null };
    }
    return {
      state: { open, intrudedAt },
      finding: { active: wasActive, severity: 'critical', value: null, since: intrudedAt },
      dueAt: wasActive ? null : alarmAt,
    };
  },
};

function isArmed(rule: RuleOf<'intrusion'>, scene: Scene, at: number): boolean {
  return scene.mode !== 'home' && at >= scene.modeSince + rule.exitDelayS * 1000;
}
