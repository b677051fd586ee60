// What a person can do to the simulated home from the keyboard.

import type { Kind } from '../behaviours/index.js';
import type { Device } from '../device/index.js';
import type { SimulatedHome } from '../home/index.js';

interface Key {
  readonly help: string;
  /** Whom it is done to; everybody without it. */
  readonly kind?: Kind;
  readonly act: (device: Device) => void;
  readonly told: string;
}

const keys: Readonly<Record<string, Key>> = {
  b: { help: 'press the buttons', act: device => device.press(), told: 'button pressed' },
  t: { help: 'press the test buttons', act: device => device.test(), told: 'test button pressed' },
  l: { help: 'leak gas', kind: 'gas', act: device => device.leak(), told: 'gas leaks' },
  v: {
    help: 'close the valve',
    kind: 'gas',
    act: device => device.closeValve(),
    told: 'valve closed by hand',
  },
  c: { help: 'build up CO', kind: 'co', act: device => device.buildUp(), told: 'carbon monoxide builds up' },
  o: { help: 'open the windows', kind: 'co', act: device => device.ventilate(), told: 'windows open' },
  d: { help: 'use the door', kind: 'door', act: device => device.useDoor(), told: 'door used' },
  p: { help: 'leave the door open', kind: 'door', act: device => device.act('prop-door'), told: 'left open' },
  f: { help: 'set something on fire', kind: 'smoke', act: device => device.act('burn'), told: 'it smokes' },
  w: { help: 'spill water', kind: 'water', act: device => device.act('flood'), told: 'it stands in water' },
  m: {
    help: 'move before the camera',
    kind: 'camera',
    act: device => device.move(),
    told: 'something moves',
  },
};

const quitKeys = new Set(['q', '\u0003', '\u0004']);

export const keysHelp = `${Object.entries(keys)
  .map(([key, { help }]) => `${key} ${help}`)
  .join(', ')}, q quit.`;

/** @returns whether the key means the end. */
export function pressKey(key: string, home: SimulatedHome, write: (line: string) => void): boolean {
  if (quitKeys.has(key)) return true;
  const meaning = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (!meaning) return false;
  const touched = home.devices.filter(({ identity }) => !meaning.kind || identity.kind === meaning.kind);
  if (touched.length === 0) write(`there is no ${meaning.kind} device in this home`);
  for (const device of touched) {
    meaning.act(device);
    write(`${device.identity.name} (${device.id}): ${meaning.told}`);
  }
  return false;
}
