// An air sensor: the carbon dioxide of a room in which people stay, until somebody opens the windows.
import type { Behaviour } from './behaviour.js';
import { rounded, unrest } from './unrest.js';

export interface Air {
  readonly ppm: number;
  readonly crowded: boolean;
  readonly ageS: number;
  readonly seed: number;
}

const outside = 430;
const crowdedTo = 2600;
const risesS = 1800;
const clearsS = 600;

export const air: Behaviour<Air> = {
  power: 'mains',
  intervalS: 60,
  capabilities: ['co2.ppm'],
  commands: {},
  begin: seed => ({ ppm: 600, crowded: false, ageS: 0, seed }),
  pass(state, dtS) {
    const [target, pace] = state.crowded ? [crowdedTo, risesS] : [outside, clearsS];
    const ppm = target + (state.ppm - target) * Math.exp(-dtS / pace);
    return { ...state, ppm, ageS: state.ageS + dtS };
  },
  read: ({ ppm, ageS, seed }) => ({
    values: { 'co2.ppm': rounded(Math.max(outside, ppm + 4 * unrest(ageS, seed)), 0) },
    bits: {},
  }),
  troubled: () => false,
  acts: {
    crowd: state => ({ ...state, crowded: true }),
    ventilate: state => ({ ...state, crowded: false }),
  },
};
