// What stands around a device when its rules are asked: the same at whatever moment they are asked about it.
import type { Scene } from '#domain/alarms';
import type { DeviceState } from '#domain/devices';
import { modeAt } from '#domain/homes';
import { type DeviceFile, modesReachMs } from './intake.store.js';

/** @param at the moment that is asked about: what comes late is judged by the mode that held then */
export function sceneOf(
  file: DeviceFile,
  listeningSince: number,
  at: number,
  state: DeviceState = file.state,
): Scene {
  const { device, product, binding } = file;
  const { mode, modeSince } = modeOf(file, at);
  return {
    intervalS: state.info?.intervalS ?? product.intervalS,
    power: state.info?.power ?? product.power,
    region: product.region,
    safetyClass: product.safetyClass,
    isBound: binding.state === 'bound',
    mode,
    modeSince,
    lastHeardAt: state.lastHeardAt,
    listeningSince,
    madeAt: device.createdAt,
    readings: product.readings,
  };
}

const noHome = { mode: 'home', modeSince: 0 } as const;

function modeOf({ home, modes }: DeviceFile, at: number): Pick<Scene, 'mode' | 'modeSince'> {
  return home === null ? noHome : modeAt(home, modes, at);
}

/** From when on it is known which mode the home was in. */
export function modesKnownSince({ home, modes }: DeviceFile): number {
  if (home === null) return 0;
  return modes.length === 0 ? home.modeSince : home.modeSince - modesReachMs;
}

/** The file with its home in another mode. */
export function withMode(file: DeviceFile, mode: Scene['mode'], since: number): DeviceFile {
  if (file.home === null) return file;
  const span = { since, mode, former: file.home.mode };
  const known = file.modes.filter(each => each.since >= since - modesReachMs && each.since < since);
  return { ...file, home: { ...file.home, mode, modeSince: since }, modes: [...known, span] };
}
