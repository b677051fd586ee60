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
  // Once offline it is shown so, and needs no asking.
  let due = goesOfflineAt !== null && goesOfflineAt > now ? goesOfflineAt : null;
  for (const { dueAt } of rules) due = earlier(due, dueAt);
  for (const alarm of openAlarms) {
    due = earlier(due, earlier(alarm.repeatAt, alarm.escalateAt));
    due = earlier(due, drillEndsAt(alarm));
  }
  return due;
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.min(one, other);
}
