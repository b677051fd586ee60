// A carbon monoxide sensor: the level builds up, and the detector decides by dose as its standard says.
import { drained } from './battery.js';
import type { Behaviour } from './behaviour.js';
import { rounded, unrest } from './unrest.js';

export interface Co {
  readonly ppm: number;
  readonly building: boolean;
  /** How much of the time to an alarm is used up; 1 is the alarm. */
  readonly dose: number;
  readonly alarm: boolean;
  readonly batteryPercent: number;
  readonly ageS: number;
  readonly seed: number;
}

const risesTo = 420;
const riseS = 60;
const clearingS = 90;
const background = 1;
const batteryDays = 5 * 365;
/** So fine that the dose of a changing level is right whatever the caller's step. */
const finestS = 1;

/** Seconds to the alarm at a level, inside the windows of EN 50291-1 table 1. */
const timesToAlarm = [
  { ppm: 300, alarmS: 2 * 60 },
  { ppm: 100, alarmS: 25 * 60 },
  { ppm: 50, alarmS: 75 * 60 },
] as const;

export const co: Behaviour<Co> = {
  power: 'battery',
  intervalS: 60,
  capabilities: ['co.ppm', 'co.alarm', 'battery.percent'],
  commands: {},
  begin: seed => ({
    ppm: background,
    building: false,
    dose: 0,
    alarm: false,
    batteryPercent: 80 + (seed % 20),
    ageS: 0,
    seed,
  }),
  pass(state, dtS) {
    let now = state;
    for (let leftS = dtS; leftS > 0; leftS -= finestS) now = passBriefly(now, Math.min(leftS, finestS));
    return now;
  },
  read: state => ({
    values: {
      'co.ppm': rounded(Math.max(0, state.ppm + 0.8 * unrest(state.ageS, state.seed)), 1),
      'battery.percent': rounded(state.batteryPercent, 1),
    },
    bits: { 'co.alarm': state.alarm },
  }),
  troubled: state => state.alarm || state.ppm >= 30,
  acts: {
    'build-up': state => ({ ...state, building: true }),
    ventilate: state => ({ ...state, building: false }),
  },
};

function passBriefly(state: Co, dtS: number): Co {
  const [target, pace] = state.building ? [risesTo, riseS] : [background, clearingS];
  const ppm = target + (state.ppm - target) * Math.exp(-dtS / pace);
  const dose = doseAfter(state.dose, ppm, dtS);
  return {
    ...state,
    ppm,
    dose,
    alarm: dose >= 1 || (state.alarm && ppm >= 30),
    batteryPercent: drained(state.batteryPercent, dtS, batteryDays),
    ageS: state.ageS + dtS,
  };
}

function doseAfter(dose: number, ppm: number, dtS: number): number {
  const row = timesToAlarm.find(({ ppm: from }) => ppm >= from);
  if (row) return Math.min(1, dose + dtS / row.alarmS);
  return ppm < 30 ? 0 : dose;
}
