// What the test button of a device does.
import { hashToken } from '#domain/accounts';
import { drill } from '#domain/alarms';
import type { Effects } from './effects.js';
import { withAlarm } from './inquiry.js';
import type { DeviceFile } from './intake.store.js';
import type { Position } from './stamp-memory.js';

/** One drill at a time: who goes on pressing starts nothing new. The press names it, so that it is raised once. */
export function withDrill(logged: Effects, file: DeviceFile, { boot, seq }: Position, at: number): Effects {
  if (file.openAlarms.some(({ isDrill }) => isDrill)) return logged;
  const { device, binding, product } = file;
  const id = hashToken(`${device.id}/${binding.epoch}/drill/${boot}/${seq}`).slice(0, 20);
  const of = { id, deviceId: device.id, epoch: binding.epoch, occurrence: seq, unit: null, receivedAt: at };
  const change = drill(product.rules, of);
  if (change === null) return logged;
  const next = withAlarm(file, change.alarm);
  const told = { change, file: next, recipients: next.recipients, receivedAt: at };
  return { ...logged, files: [next], told: [...logged.told, told] };
}
