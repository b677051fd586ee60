// When a device wants to be asked again, whoever or whatever of it is the reason.
import { drillEndsAt } from '#domain/alarms';
import { offlineAt } from '#domain/devices';
import type { DeviceFile } from './intake.store.js';

/** The earliest of: a rule that wants to be asked, an alarm to be told again or further, a page to be shown "offline". */
export function nextDue(
  { rules, openAlarms, state, binding, product }: DeviceFile,
  listeningSince: number,
  now: number,
): number | null {
  const { lastHeardAt, info } = state;
  const intervalS = info?.intervalS ?? product.intervalS;
  const isShown = lastHeardAt !== null && binding.state === 'bound';
  const goesOfflineAt = isShown ? offlineAt(lastHeardAt, intervalS, listeningSince) : null;
  const times = [
    ...rules.map(({ dueAt }) => dueAt),
    ...openAlarms.flatMap(alarm => [alarm.repeatAt, alarm.escalateAt, drillEndsAt(alarm)]),
    // Once offline it is shown so, and needs no asking.
    goesOfflineAt !== null && goesOfflineAt > now ? goesOfflineAt : null,
  ].filter(at => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}
