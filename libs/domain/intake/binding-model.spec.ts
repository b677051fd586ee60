// The model that several people try to break, on the line in which a gateway really decides: batches, restarts, memory.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stores } from '#adapters/storage';
import type { MadeDevice } from '#codecs/api';
import type { Actor } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { bursts, Life, type Place } from '../binding/binding-life.fixture.js';
import { BindingRoom } from '../binding/binding-room.fixture.js';
import { Process, start } from './stage.contract.js';

const policies = ['button', 'provisioned', 'pin'] as const;
const runs = 160;

let stores: Stores;
let people: Actor[];

beforeAll(async () => {
  stores = await openTemporarySqlite();
  people = (await Promise.all(['Lin', 'Bo', 'Eve'].map(name => someone(stores, name)))).map(
    ({ account }) => account,
  );
});
afterAll(() => stores.close());

/** A gateway that begins anew now and then, on the one store. */
function gatewayOf({ id }: MadeDevice, clock: ManualClock): Place & { readonly batches: () => number } {
  const begun: Process[] = [];
  return {
    open: () => {
      const process = new Process(stores, clock);
      begun.push(process);
      return process.room;
    },
    heardChangesOfOwner: () =>
      begun.flatMap(({ link }) => link.forgotten).filter(({ clientIds }) => clientIds.includes(id)).length,
    batches: () =>
      begun.flatMap(({ store }) => store.committed).filter(({ bindings }) => bindings.length > 1).length,
  };
}

it('there is one owner at most, who got it rightfully; who lost it has nothing; the ledger says how it came', async () => {
  const stock = new Map<string, MadeDevice[]>();
  let interleaved = 0;
  let together = 0;
  const property = fc.asyncProperty(
    fc.record({ policy: fc.constantFrom(...policies), steps: bursts }),
    async ({ policy, steps }) => {
      const clock = new ManualClock(start);
      const left = stock.get(policy) ?? [];
      if (left.length === 0) left.push(...(await BindingRoom.on(stores, clock).batch(policy)));
      stock.set(policy, left);
      const device = left.pop() as MadeDevice;
      const gateway = gatewayOf(device, clock);
      const life = new Life(gateway, clock, device, people, policy);
      await life.live(steps);
      interleaved += life.interleaved;
      together += gateway.batches();
    },
  );
  await fc.assert(property, { numRuns: runs });
  // Otherwise it would have been shown of little.
  expect(interleaved).toBeGreaterThan(5 * runs);
  expect(together).toBeGreaterThan(0);
}, 180_000);
