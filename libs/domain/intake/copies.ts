// Copies of what nearly every reading changes, made property by property: with `...` they were most of what deciding cost.
import type { Alarm, RuleMemory } from '#domain/alarms';
import type { DeviceState } from '#domain/devices';
import type { DeviceFile } from './intake.store.js';

export function fileAfter(
  file: DeviceFile,
  state: DeviceState,
  rules: readonly RuleMemory[],
  openAlarms: readonly Alarm[],
): DeviceFile {
  const { device, product, binding, home, modes, recipients, members, roomId, contacts, recentStamps } = file;
  return {
    device,
    product,
    binding,
    home,
    modes,
    recipients,
    members,
    roomId,
    contacts,
    state,
    rules,
    openAlarms,
    recentStamps,
  };
}

/** As it is stored next. */
export function nextState(state: DeviceState): DeviceState {
  const { deviceId, epoch, version, lastHeardAt, latestAt, values, bits, info, snapshotAt } = state;
  return { deviceId, epoch, version: version + 1, lastHeardAt, latestAt, values, bits, info, snapshotAt };
}

/** As it is stored next. */
export function nextMemory(memory: RuleMemory): RuleMemory {
  const { deviceId, rule, epoch, version, state, dueAt, occurrences } = memory;
  return { deviceId, rule, epoch, version: version + 1, state, dueAt, occurrences };
}

export function memoryAfter(memory: RuleMemory, state: unknown, dueAt: number | null): RuleMemory {
  const { deviceId, rule, epoch, version, occurrences } = memory;
  return { deviceId, rule, epoch, version, state, dueAt, occurrences };
}
