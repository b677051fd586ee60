// The machine as a model that random people and devices try to break, and machines with a fault that they do break.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { machine } from './machine.js';
import { faults } from './machine-faults.fixture.js';
import type { Decider } from './machine-world.fixture.js';
import { lives, World } from './machine-world.fixture.js';

const runs = 5_000;

const holds = (decider?: Decider, reached?: Set<string>) =>
  fc.property(lives, life => {
    const world = new World(decider);
    world.live(life);
    for (const step of world.reached) reached?.add(step);
  });

/** Every cell of the machine in which something can follow. */
const steps = Object.entries(machine).flatMap(([kind, row]) =>
  Object.entries(row)
    .filter(([, cell]) => typeof cell === 'object')
    .map(([state]) => `${state} ${kind}`),
);

describe('whatever people and devices do, in whatever order', () => {
  it('there is at most one owner, by a rightful proof, in an epoch of their own, and the ledger explains it', () => {
    const reached = new Set<string>();
    fc.assert(holds(undefined, reached), { numRuns: runs });
    // Otherwise the property would have been shown of little.
    expect([...reached].sort()).toEqual([...steps].sort());
  });

  it.each(Object.keys(faults))('is found out when %s', name => {
    expect(fc.check(holds(faults[name]), { numRuns: runs, endOnFailure: true }).failed).toBe(true);
  });
});
