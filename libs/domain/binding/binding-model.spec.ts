// Binding by the real use cases on a real store, as a model that several people at once try to break; and stores with a
// fault, by which they do.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stores } from '#adapters/storage';
import type { MadeDevice } from '#codecs/api';
import type { Actor } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { bursts, Life } from './binding-life.fixture.js';
import { BindingRoom, start } from './binding-room.fixture.js';
import { faults, faultyStore } from './faulty-stores.fixture.js';
import { Unexplained } from './ledger-reader.fixture.js';
import { StoredLine } from './stored-line.fixture.js';

const policies = ['button', 'provisioned', 'pin'] as const;
const runs = 160;
/** Every fault shows itself within a few lives, the rarest in one of ten. */
const mostUntilFound = 1_000;
const timeoutMs = 180_000;

let stores: Stores;
let people: Actor[];
const stock = new Map<string, MadeDevice[]>();

beforeAll(async () => {
  stores = await openTemporarySqlite();
  people = (await Promise.all(['Lin', 'Bo', 'Eve'].map(name => someone(stores, name)))).map(
    ({ account }) => account,
  );
});
afterAll(() => stores.close());

/** Every life has a device of its own. */
async function fresh(policy: (typeof policies)[number]): Promise<MadeDevice> {
  const known = stock.get(policy) ?? [];
  if (known.length === 0) known.push(...(await BindingRoom.on(stores, new ManualClock(start)).batch(policy)));
  stock.set(policy, known);
  return known.pop() as MadeDevice;
}

const lives = fc.record({ policy: fc.constantFrom(...policies), steps: bursts });

/** @param fault what the store does wrong */
const holds = (fault: string | null, after: (life: Life) => void = () => {}) =>
  fc.asyncProperty(lives, async ({ policy, steps }) => {
    const intake = fault === null ? stores.intake : faultyStore(stores, fault);
    const clock = new ManualClock(start);
    const line = new StoredLine({ ...stores, intake });
    const place = {
      open: () => new BindingRoom(stores, clock, line),
      heardChangesOfOwner: () => line.all.filter(({ next, before }) => next.epoch !== before.epoch).length,
    };
    const life = new Life(place, clock, await fresh(policy), people, policy);
    await life.live(steps);
    after(life);
  });

describe('on a real store, whoever does what at the same time', () => {
  it(
    'there is one owner at most, who got it rightfully; who lost it has nothing; the ledger says how it came',
    async () => {
      const seen = new Set<string>();
      let interleaved = 0;
      const property = holds(null, life => {
        for (const what of life.seen) seen.add(what);
        interleaved += life.interleaved;
      });
      await fc.assert(property, { numRuns: runs });
      // Otherwise it would have been shown of little.
      expect(interleaved).toBeGreaterThan(5 * runs);
      expect([...seen].sort()).toEqual(expected);
    },
    timeoutMs,
  );

  it.each(Object.keys(faults))(
    'it is found out when the store %s',
    async fault => {
      const { failed, errorInstance } = await fc.check(holds(fault), {
        numRuns: mostUntilFound,
        endOnFailure: true,
      });
      expect(failed).toBe(true);
      expect(errorInstance).toBeInstanceOf(Unexplained);
    },
    timeoutMs,
  );
});

const expected = [
  'bound',
  'claimed',
  'erasure-asked',
  'force-released',
  'found',
  'locked',
  'recovered',
  'recovery-asked',
  'recovery-vetoed',
  'released',
  'renamed',
  'reset-at-device',
  'transfer-offered',
  'transfer-withdrawn',
  'transferred',
  'unlocked',
  'window-opened',
];
