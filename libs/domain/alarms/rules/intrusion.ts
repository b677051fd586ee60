// A door that opens while the home is away or asleep: an alarm after the entry delay, until disarmed and closed.
import { z } from 'zod';
import { isArmed } from './arming.js';
import { instant, reviver } from './revive.js';
import { nothing, quiet, type RuleLogic, settled } from './rule-logic.js';

interface IntrusionState {
  readonly open: boolean;
  /** When it was opened while armed; null once disarmed in time, or disarmed and closed. */
  readonly intrudedAt: number | null;
  /** When the home was disarmed after that, while the door still stands open. */
  readonly disarmedAt: number | null;
}

const initial: IntrusionState = { open: false, intrudedAt: null, disarmedAt: null };
const stored = z.object({ open: z.boolean(), intrudedAt: instant, disarmedAt: instant.default(null) });

export const intrusion: RuleLogic<'intrusion', IntrusionState> = {
  traits: () => ({ class: 'S', latched: false }),
  order: 'modes-too',
  initial,
  revive: reviver<IntrusionState>(stored, initial),

  see(rule, before, seen, scene) {
    const open = (seen.kind === 'readings' ? seen.bits[rule.bit] : undefined) ?? before.open;
    const entered = open && !before.open && isArmed(scene, rule.exitDelayS, seen.at);
    const intrudedAt = before.intrudedAt ?? (entered ? seen.at : null);
    if (intrudedAt === null) return settled(before, { open, intrudedAt, disarmedAt: null });
    const disarmedAt = scene.mode === 'home' ? (before.disarmedAt ?? scene.modeSince) : null;
    // Disarmed within the entry delay nothing happened; afterwards it lasts until the door is closed as well.
    const inTime = disarmedAt !== null && disarmedAt < intrudedAt + rule.entryDelayS * 1000;
    if (inTime || (disarmedAt !== null && !open)) return { open, intrudedAt: null, disarmedAt: null };
    return settled(before, { open, intrudedAt, disarmedAt });
  },

  find(rule, { intrudedAt }, at) {
    if (intrudedAt === null) return nothing;
    const alarmAt = intrudedAt + rule.entryDelayS * 1000;
    if (at < alarmAt) return quiet(alarmAt);
    return { finding: { active: true, severity: 'critical', value: null, since: intrudedAt }, dueAt: null };
  },

  isAtRest: ({ open, intrudedAt }) => !open && intrudedAt === null,
};
