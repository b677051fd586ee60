// A hub, which senses nothing itself: it says how long it has run and carries its children's words.
import type { Behaviour } from './behaviour.js';

export interface Running {
  readonly upS: number;
}

export const hub: Behaviour<Running> = {
  power: 'mains',
  intervalS: 60,
  capabilities: ['uptime.s'],
  commands: {},
  begin: () => ({ upS: 0 }),
  pass: ({ upS }, dtS) => ({ upS: upS + dtS }),
  read: ({ upS }) => ({ values: { 'uptime.s': Math.floor(upS) }, bits: {} }),
  troubled: () => false,
  acts: {},
};
