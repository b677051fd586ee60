// The plans of homes' modes, and every change of a mode.
import type { ModeChangeRow, ModePlan } from '#domain/homes';
import { json, tableOf, text, textOrNull, timeMs } from './columns.js';

export const ModePlanEntity = tableOf<ModePlan>({
  name: 'mode-plan',
  tableName: 'mode_plans',
  columns: {
    homeId: { ...text, primary: true, foreignKey: { target: 'home' } },
    switches: json,
    setAt: timeMs,
    setBy: textOrNull,
  },
});

export const ModeChangeEntity = tableOf<ModeChangeRow>({
  name: 'mode-change',
  tableName: 'mode_changes',
  columns: {
    homeId: { ...text, primary: true },
    since: { ...timeMs, primary: true },
    mode: text,
    former: text,
    by: textOrNull,
  },
});
