// A smoke detector: it says whether it smells smoke, and what its battery has left.
import { drained } from './battery.js';
import type { Behaviour } from './behaviour.js';
import { rounded } from './unrest.js';

export interface Smoke {
  readonly burning: boolean;
  readonly batteryPercent: number;
}

const batteryDays = 10 * 365;

export const smoke: Behaviour<Smoke> = {
  power: 'battery',
  intervalS: 300,
  capabilities: ['smoke', 'battery.percent'],
  commands: {},
  begin: seed => ({ burning: false, batteryPercent: 70 + (seed % 30) }),
  pass: (state, dtS) => ({ ...state, batteryPercent: drained(state.batteryPercent, dtS, batteryDays) }),
  read: ({ burning, batteryPercent }) => ({
    values: { 'battery.percent': rounded(batteryPercent, 1) },
    bits: { smoke: burning },
  }),
  troubled: ({ burning }) => burning,
  acts: {
    burn: state => ({ ...state, burning: true }),
    ventilate: state => ({ ...state, burning: false }),
  },
};
