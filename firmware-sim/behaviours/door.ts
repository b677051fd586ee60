// A door contact that is used now and then, on a battery.
import { draw } from '../chance.js';
import { drained } from './battery.js';
import type { Behaviour } from './behaviour.js';
import { rounded } from './unrest.js';

export interface Door {
  readonly open: boolean;
  readonly nextUseInS: number;
  readonly batteryPercent: number;
  readonly seed: number;
}

const batteryDays = 2 * 365;
/** How long a door stays as it is, from and to, in seconds. */
const staysOpenS = [5, 40] as const;
const staysClosedS = [300, 3600] as const;

export const door: Behaviour<Door> = {
  power: 'battery',
  intervalS: 300,
  capabilities: ['door.open', 'battery.percent'],
  commands: {},
  begin: seed => plan({ open: false, nextUseInS: 0, batteryPercent: 60 + (seed % 40), seed }),
  pass(state, dtS) {
    const batteryPercent = drained(state.batteryPercent, dtS, batteryDays);
    let now: Door = { ...state, batteryPercent };
    let leftS = dtS;
    while (now.nextUseInS <= leftS) {
      leftS -= now.nextUseInS;
      now = use(now);
    }
    return { ...now, nextUseInS: now.nextUseInS - leftS };
  },
  read: state => ({
    values: { 'battery.percent': rounded(state.batteryPercent, 1) },
    bits: { 'door.open': state.open },
  }),
  troubled: () => false,
  acts: {
    'use-door': use,
    // Something stands in it: nobody closes it until somebody uses it.
    'prop-door': state => ({ ...state, open: true, nextUseInS: Number.POSITIVE_INFINITY }),
  },
};

function use(state: Door): Door {
  return plan({ ...state, open: !state.open });
}

function plan(state: Door): Door {
  const [fromS, toS] = state.open ? staysOpenS : staysClosedS;
  const { value, seed } = draw(state.seed);
  return { ...state, nextUseInS: fromS + value * (toS - fromS), seed };
}
