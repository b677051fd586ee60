// A change of owner, as it bears on alarms: what is open from an earlier epoch ends, and both sides are told.
import { end } from '#domain/alarms';
import { blankState, type DeviceState } from '#domain/devices';
import type { Recipient } from '#domain/notices';
import type { Effects, ToldChange } from './effects.js';
import type { DeviceFile } from './intake.store.js';

/**
 * @param file with the new binding
 * @param known the state under the old owner, where it is known
 * @param former who was told until now
 */
export function handOver(
  file: DeviceFile,
  known: DeviceState | null,
  former: readonly Recipient[],
  at: number,
): Effects {
  const { binding } = file;
  const earlier = file.openAlarms.filter(({ epoch }) => epoch < binding.epoch);
  const fresh: DeviceFile = {
    ...file,
    state: inheritedState(file, known),
    rules: new Map([...file.rules].filter(([, memory]) => memory.epoch === binding.epoch)),
    openAlarms: file.openAlarms.filter(({ epoch }) => epoch === binding.epoch),
  };
  const recipients = together(former, file.recipients);
  const told = earlier.map(
    (alarm): ToldChange => ({
      change: end(alarm, 'ownership-changed', at, null),
      file,
      recipients,
      receivedAt: at,
    }),
  );
  return { files: [fresh], inputs: [], told };
}

function together(a: readonly Recipient[], b: readonly Recipient[]): Recipient[] {
  return [...a, ...b.filter(({ accountId }) => !a.some(known => known.accountId === accountId))];
}

/** What the device is and that it lives belongs to the device; what it measured belongs to the old owner. */
function inheritedState({ device, binding, state }: DeviceFile, known: DeviceState | null): DeviceState {
  const own = state.epoch === binding.epoch ? state : blankState(device.id, binding.epoch);
  if (known === null || own.version > 0) return own;
  return { ...own, info: known.info, lastHeardAt: known.lastHeardAt };
}
