// What the silence of a hub does to the silence of the devices behind it.
import {
  type Alarm,
  type AlarmChange,
  awaitWord,
  endDrill,
  escalate,
  release,
  repeat,
  silenceLimitMs,
  suppress,
} from '#domain/alarms';
import { withAlarm } from './inquiry.js';
import type { DeviceFile } from './intake.store.js';
import { sceneOf } from './scene.js';

/** @param by id of the alarm of the hub's silence; null: the hub is back, and the device has as long as ever to speak */
export function changesByParent(
  file: DeviceFile,
  by: string | null,
  at: number,
  listeningSince: number,
): AlarmChange[] {
  const scene = sceneOf(file, listeningSince, at);
  return file.openAlarms.flatMap(alarm => {
    const rule = file.product.rules.find(({ id }) => id === alarm.rule);
    if (rule?.kind !== 'silence') return [];
    const change =
      by === null
        ? awaitWord(alarm, at, at + silenceLimitMs(rule, scene))
        : suppress(alarm, { id: by }, file.product.safetyClass, at);
    return change ?? [];
  });
}

/** A silence that its hub explains from the beginning is raised, and told to nobody. */
export function explained(
  file: DeviceFile,
  changes: readonly AlarmChange[],
  by: string | null,
  at: number,
): { readonly file: DeviceFile; readonly changes: readonly AlarmChange[] } {
  if (by === null) return { file, changes };
  const quiet = changes.map((change): AlarmChange => {
    const isSilence = change.alarm.kind === 'silence' && change.step === 'raised';
    const suppressed = isSilence ? suppress(change.alarm, { id: by }, file.product.safetyClass, at) : null;
    return suppressed === null ? change : { alarm: suppressed.alarm, step: 'raised' };
  });
  return { file: quiet.reduce((so, { alarm }) => withAlarm(so, alarm), file), changes: quiet };
}

/**
 * What is due on an alarm. It reaches further first, so that what is repeated goes as far; and one that was explained is
 * told at last, when what explained it is over and it is not.
 */
export function dueOf({ product }: DeviceFile, alarm: Alarm, at: number): AlarmChange[] {
  const rule = product.rules.find(({ id }) => id === alarm.rule);
  const released = rule !== undefined && isDue(alarm, at) ? release(alarm, rule, at) : null;
  if (released !== null) return [released];
  const over = endDrill(alarm, at);
  if (over !== null) return [over];
  const further = escalate(alarm, at);
  const again = repeat(further.at(-1)?.alarm ?? alarm, rule ?? {}, at);
  return again === null ? further : [...further, again];
}

function isDue({ repeatAt }: Alarm, at: number): boolean {
  return repeatAt !== null && repeatAt <= at;
}
