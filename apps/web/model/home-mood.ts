// The one sentence over a home: calm only when every device is heard and nothing is open.
import type { AlarmView, DeviceView } from '#codecs/api';
import { isOpen } from './alarm-order.js';

export type HomeMood =
  | { readonly kind: 'alarm'; readonly count: number }
  /** What is on screen may be old: this page has lost its stream. */
  | { readonly kind: 'cut-off' }
  /** Some devices are not heard, so that nobody can say whether it is calm there. */
  | { readonly kind: 'blind'; readonly count: number }
  | { readonly kind: 'calm' };

export function moodOf(
  devices: readonly Pick<DeviceView, 'id' | 'presence' | 'openAlarms'>[],
  alarms: readonly Pick<AlarmView, 'state' | 'deviceId'>[],
  connected: boolean,
): HomeMood {
  const told = alarms.filter(isOpen);
  const known = new Set(told.map(({ deviceId }) => deviceId));
  // Who may look at a device without being told of its alarms still must not read that all is calm.
  const untold = devices
    .filter(({ id }) => !known.has(id))
    .reduce((sum, { openAlarms }) => sum + openAlarms, 0);
  const open = told.length + untold;
  if (open > 0) return { kind: 'alarm', count: open };
  if (!connected) return { kind: 'cut-off' };
  const unheard = devices.filter(device => device.presence.state !== 'online').length;
  if (unheard > 0) return { kind: 'blind', count: unheard };
  return { kind: 'calm' };
}
