// A change of owner, as it bears on alarms: what is open from an earlier epoch ends, and both sides are told.
import { type AlarmChange, end } from '#domain/alarms';
import { blankState, type DeviceState } from '#domain/devices';
import type { Effects, ToldChange } from './effects.js';
import type { Former } from './input.js';
import type { DeviceFile } from './intake.store.js';

/** @param file with the new binding */
export function handOver(file: DeviceFile, former: Former, at: number): Effects {
  const { binding } = file;
  const fresh: DeviceFile = {
    ...file,
    state: inheritedState(file, former.state),
    rules: new Map([...file.rules].filter(([, memory]) => memory.epoch === binding.epoch)),
    openAlarms: file.openAlarms.filter(({ epoch }) => epoch === binding.epoch),
  };
  const told = file.openAlarms
    .filter(({ epoch }) => epoch < binding.epoch)
    .flatMap(alarm => bothSides(end(alarm, 'ownership-changed', at, null), file, former, at));
  return { files: [fresh], inputs: [], told };
}

/** Each side reads its own name for the device, and never the other's. */
function bothSides(change: AlarmChange, file: DeviceFile, former: Former, receivedAt: number): ToldChange[] {
  const before = { ...file, binding: former.binding ?? file.binding };
  const wasTold = new Set(former.recipients.map(({ accountId }) => accountId));
  const others = file.recipients.filter(({ accountId }) => !wasTold.has(accountId));
  return [
    { change, file: before, recipients: former.recipients, receivedAt },
    { change, file, recipients: others, receivedAt },
  ];
}

/** What the device is and that it lives belongs to the device; what it measured belongs to the old owner. */
function inheritedState({ device, binding, state }: DeviceFile, known: DeviceState | null): DeviceState {
  const own = state.epoch === binding.epoch ? state : blankState(device.id, binding.epoch);
  if (known === null || own.version > 0) return own;
  return { ...own, info: known.info, lastHeardAt: known.lastHeardAt };
}
