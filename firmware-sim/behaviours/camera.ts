// A camera: something moves in front of it now and then, and it takes a picture at its interval and when asked.
import { draw } from '../chance.js';
import type { Behaviour } from './behaviour.js';

export interface Camera {
  /** Seconds for which something still moves; 0 is a still picture. */
  readonly movesForS: number;
  readonly nextMoveInS: number;
  readonly nextPictureInS: number;
  /** How many pictures it has taken. */
  readonly pictures: number;
  readonly seed: number;
}

const moveS = 12;
const pictureEveryS = 60;
const stillS = [600, 3600] as const;

export const camera: Behaviour<Camera> = {
  power: 'mains',
  intervalS: 60,
  capabilities: ['motion', 'snapshot'],
  commands: { snapshot: 'take-picture' },
  begin: seed => plan({ movesForS: 0, nextMoveInS: 0, nextPictureInS: 0, pictures: 0, seed }),
  pass(state, dtS) {
    let now: Camera = { ...state, movesForS: Math.max(0, state.movesForS - dtS) };
    now = now.nextMoveInS > dtS ? { ...now, nextMoveInS: now.nextMoveInS - dtS } : move(now);
    return now.nextPictureInS > dtS ? { ...now, nextPictureInS: now.nextPictureInS - dtS } : take(now);
  },
  read: state => ({ values: {}, bits: { motion: state.movesForS > 0 } }),
  troubled: () => false,
  acts: { move, 'take-picture': take },
  happened: (before, after) => (after.movesForS > before.movesForS ? ['motion'] : []),
  pictures: state => state.pictures,
};

/** The first picture of a motion goes with it: whoever is told wants to see why. */
function move(state: Camera): Camera {
  return plan(take({ ...state, movesForS: moveS }));
}

function take(state: Camera): Camera {
  return { ...state, pictures: state.pictures + 1, nextPictureInS: pictureEveryS };
}

function plan(state: Camera): Camera {
  const { value, seed } = draw(state.seed);
  return { ...state, nextMoveInS: stillS[0] + value * (stillS[1] - stillS[0]), seed };
}
