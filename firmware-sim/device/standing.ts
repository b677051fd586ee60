// The two retained messages of every connection: what the device is, and that it is there.
import type { DeviceInfo, DeviceStatus } from '#codecs/wire';
import type { Unit } from './unit.js';
import type { Standing } from './uplink.js';

const firmware = 'airbind-sim 0.1';

export function statusOf(deviceId: string, status: DeviceStatus): Standing {
  return { deviceId, kind: 'status', payload: JSON.stringify(status) };
}

export function infoOf(unit: Unit, run: Pick<DeviceInfo, 'boot' | 'epoch' | 'mac'>): Standing {
  const info: DeviceInfo = {
    ...run,
    firmware,
    power: unit.power,
    intervalS: unit.intervalS,
    capabilities: [...unit.capabilities],
  };
  return { deviceId: unit.id, kind: 'info', payload: JSON.stringify(info) };
}
