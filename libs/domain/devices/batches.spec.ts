// Batches on a real store: made in slices, and continued where they stopped.
import { describe, expect, it } from '@jest/globals';
import type { Unit } from '#codecs/api';
import type { Batch } from './batch.js';
import { manufacture, opened, openTheFactory, planOf, product, stores } from './factory.fixture.js';
import { sliceDevices } from './manufacture.js';

openTheFactory();

const fresh = ({ id }: Batch): Promise<Batch> => manufacture.batch(String(id));

describe('a batch', () => {
  it('that is asked for again is the same one, as far as it has got', async () => {
    const plan = planOf(250);
    const batch = await manufacture.open(plan);
    await manufacture.fill(batch, 0, 120);
    const again = await manufacture.open(plan);
    expect(again).toEqual({ ...batch, made: 120 });
    expect((await manufacture.fill(again, 120, 1000)).made).toBe(250);
    expect(await stores.devices.count(product.id)).toBe(250);
  });

  it.each([
    ['count', { count: 9 }],
    ['list', { unitsHash: 'a'.repeat(64) }],
  ])('of another %s does not take its name', async (_, change) => {
    const plan = planOf(10);
    await manufacture.open(plan);
    await expect(manufacture.open({ ...plan, ...change })).rejects.toMatchObject({ code: 'batch-differs' });
  });

  it('is made once, however many make it at the same time', async () => {
    const batch = await opened(350);
    await Promise.all([1, 2, 3].map(() => manufacture.fill(batch, 0, 350)));
    const done = await manufacture.fill(await fresh(batch), 0, 350);
    expect(done.made).toBe(350);
    const devices = await stores.batches.devices(batch.id, 0, 1000);
    expect(devices.map(({ number }) => number)).toEqual(Array.from({ length: 350 }, (_, i) => i + 1));
  });

  it('leaves a turn for everybody else between two slices', async () => {
    const batch = await opened(5 * sliceDevices);
    let turns = 0;
    let isDone = false;
    const others = (async () => {
      while (!isDone) {
        await new Promise(setImmediate);
        turns += 1;
      }
    })();
    await manufacture.fill(batch, 0, 5 * sliceDevices);
    isDone = true;
    await others;
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  it('takes serial numbers and MAC addresses from its list, and makes up serial numbers that are missing', async () => {
    const batch = await manufacture.open(planOf(3, 'b'.repeat(64)));
    const units: Unit[] = [{ serial: 'GA-1', mac: '02:00:00:00:00:01' }, { serial: 'GA-2' }, {}];
    await manufacture.fill(batch, 0, units.slice(0, 2));
    await manufacture.fill(await fresh(batch), 2, units.slice(2));
    const devices = await stores.batches.devices(batch.id, 0, 9);
    const madeUp = `${String(batch.id).padStart(4, '0')}-000003`;
    expect(devices.map(({ serial, mac }) => [serial, mac])).toEqual([
      ['GA-1', '02:00:00:00:00:01'],
      ['GA-2', null],
      [madeUp, null],
    ]);
    await expect(manufacture.fill(await fresh(batch), 3, 1)).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });

  it('names what in its list belongs to another device, and makes nothing of that slice', async () => {
    const other = await manufacture.open(planOf(1, 'c'.repeat(64)));
    await manufacture.fill(other, 0, [{ serial: 'GA-9', mac: '02:00:00:00:00:09' }]);
    const units: Unit[] = [
      { serial: 'GA-10' },
      { serial: 'GA-9' },
      { mac: '02:00:00:00:00:09', serial: 'GA-11' },
    ];
    expect(await manufacture.taken(units)).toEqual([
      { index: 1, field: 'serial' },
      { index: 2, field: 'mac' },
    ]);
    const batch = await manufacture.open(planOf(3, 'd'.repeat(64)));
    await expect(manufacture.fill(batch, 0, units)).rejects.toMatchObject({
      code: 'units-taken',
      details: { faults: [{ field: 'units.1.serial' }, { field: 'units.2.mac' }] },
    });
    expect((await fresh(batch)).made).toBe(0);
  });
});
