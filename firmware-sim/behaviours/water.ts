// A water sensor on the floor: it lies in the wet, or it does not.
import { drained } from './battery.js';
import type { Behaviour } from './behaviour.js';
import { rounded } from './unrest.js';

export interface Water {
  readonly wet: boolean;
  readonly batteryPercent: number;
}

const batteryDays = 3 * 365;

export const water: Behaviour<Water> = {
  power: 'battery',
  intervalS: 600,
  capabilities: ['water', 'battery.percent'],
  commands: {},
  begin: seed => ({ wet: false, batteryPercent: 60 + (seed % 40) }),
  pass: (state, dtS) => ({ ...state, batteryPercent: drained(state.batteryPercent, dtS, batteryDays) }),
  read: ({ wet, batteryPercent }) => ({
    values: { 'battery.percent': rounded(batteryPercent, 1) },
    bits: { water: wet },
  }),
  troubled: ({ wet }) => wet,
  acts: {
    flood: state => ({ ...state, wet: true }),
    dry: state => ({ ...state, wet: false }),
  },
};
