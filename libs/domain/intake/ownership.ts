// A change of owner, as it bears on alarms: what is open from an earlier epoch ends, and both sides are told.
import { end } from '#domain/alarms';
import { blankState } from '#domain/devices';
import type { Recipient } from '#domain/notices';
import type { Effects, ToldChange } from './effects.js';
import type { DeviceFile } from './intake.store.js';

/**
 * @param file with the new binding
 * @param former who was told until now
 */
export function withoutOwner(file: DeviceFile, former: readonly Recipient[], at: number): Effects {
  const { device, binding } = file;
  const earlier = file.openAlarms.filter(({ epoch }) => epoch < binding.epoch);
  const fresh: DeviceFile = {
    ...file,
    state: file.state.epoch === binding.epoch ? file.state : blankState(device.id, binding.epoch),
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
