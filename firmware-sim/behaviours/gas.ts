// A flammable-gas sensor with a valve: a leak grows until the valve closes, then the air clears.
import type { Behaviour } from './behaviour.js';
import { rounded, unrest } from './unrest.js';

export interface Gas {
  /** Per cent of the lower explosive limit. */
  readonly lel: number;
  readonly leaking: boolean;
  readonly valveClosed: boolean;
  /** The detector's own decision. */
  readonly alarm: boolean;
  readonly ageS: number;
  readonly seed: number;
}

const growthPerS = 0.4;
const mostLel = 25;
const clearingS = 20;
/** The detector's window is 3–20 %LEL (EN 50194-1); it alarms at 10 and lets go below 5. */
const alarmFromLel = 10;
const alarmUntilLel = 5;

export const gas: Behaviour<Gas> = {
  power: 'mains',
  intervalS: 30,
  capabilities: ['gas.lel', 'gas.alarm', 'valve.closed'],
  commands: { 'valve-close': 'close-valve', 'valve-open': 'open-valve' },
  begin: seed => ({ lel: 0, leaking: false, valveClosed: false, alarm: false, ageS: 0, seed }),
  pass(state, dtS) {
    const flows = state.leaking && !state.valveClosed;
    const lel = flows
      ? Math.max(state.lel, Math.min(mostLel, state.lel + growthPerS * dtS))
      : state.lel * Math.exp(-dtS / clearingS);
    return { ...state, lel, alarm: decide(state.alarm, lel), ageS: state.ageS + dtS };
  },
  read: state => ({
    values: { 'gas.lel': rounded(Math.max(0, state.lel + 0.1 * (1 + unrest(state.ageS, state.seed))), 2) },
    bits: { 'gas.alarm': state.alarm, 'valve.closed': state.valveClosed },
  }),
  troubled: state => state.alarm || state.lel >= 1,
  acts: {
    leak: state => ({ ...state, leaking: true, valveClosed: false }),
    'close-valve': state => ({ ...state, leaking: false, valveClosed: true }),
    'open-valve': state => ({ ...state, valveClosed: false }),
  },
};

function decide(alarm: boolean, lel: number): boolean {
  return alarm ? lel >= alarmUntilLel : lel >= alarmFromLel;
}
