// A device's history as its owner reads it: everything once and in its place, from the owner's own time, in whole buckets.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { HistoryQuery } from '#codecs/api';
import type { Device } from '#domain/devices';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { FileRoom } from './file-room.js';
import { History } from './history.js';
import { minute, Stage, second, start } from './stage.contract.js';

const hour = 60 * minute;
const day = 24 * hour;
const terms = { detailDays: 2, days: 5, inputDays: 3 };

describe('the history of a device', () => {
  let stores: Stores;
  let stage: Stage;
  beforeAll(async () => {
    stores = await openTemporarySqlite();
    stage = await Stage.open(stores);
  });
  afterAll(() => stores.close());

  const historyOf = () => new History(stores.history, new FileRoom(stores.intake), terms, stage.clock);

  /** As the door does it. */
  const granted = (device: Device, by = stage.owner) =>
    stage.process.rights.onDevice('history', device.id, by);

  async function read(device: Device, change: Partial<HistoryQuery> = {}, by = stage.owner) {
    const from = start - day;
    const query = { reading: 'gas.lel', from, to: from + 40 * day, bucket: '1d', ...change };
    return historyOf().buckets(await granted(device, by), query);
  }

  const counted = async (device: Device) =>
    (await read(device)).buckets.reduce((sum, { count }) => sum + count, 0);

  it('counts a message once, however often and however long after it is sent again', async () => {
    const device = await stage.boundDevice();
    const stamps = Array.from({ length: 700 }, (_, seq) => ({ boot: 9, seq }));
    for (const stamp of stamps) void stage.gas(device, 1, stamp);
    await stage.gas(device, 2, { boot: 9, seq: 700 });
    expect(await counted(device)).toBe(701);
    // The first is older than what memory holds: only the store knows it.
    await Promise.all([stamps[0], stamps[0], stamps[699]].map(stamp => stage.gas(device, 5, stamp)));
    await stage.restart();
    await Promise.all([stamps[1], stamps[699]].map(stamp => stage.gas(device, 5, stamp)));
    expect(await counted(device)).toBe(701);
  });

  it('has what a device kept while it was cut off at the times at which it was measured', async () => {
    const device = await stage.boundDevice();
    const now = stage.clock.now();
    await stage.gas(device, 1, { boot: 3, seq: 100, at: now });
    for (const minutesAgo of [50, 40, 30])
      await stage.gas(device, minutesAgo, { boot: 3, seq: 100 - minutesAgo, at: now - minutesAgo * minute });
    const { buckets } = await read(device, { from: now - hour, to: now + minute, bucket: '1m' });
    expect(buckets.map(({ at, max }) => [Math.ceil((now - at) / minute), max])).toEqual([
      [50, 50],
      [40, 40],
      [30, 30],
      [0, 1],
    ]);
  });

  it('shows a new owner nothing of the time before, and the former one nothing at all', async () => {
    const device = await stage.boundDevice();
    await stage.gas(device, 3);
    await stage.door(device, true);
    expect(await counted(device)).toBe(1);
    await stage.process.bindings.release(device.id, stage.owner);
    const { account } = await someone(stores, 'Mei');
    await stage.bind(device, account);
    await stage.gas(device, 4);
    await expect(read(device)).rejects.toMatchObject({ code: 'not-found' });
    const { buckets } = await read(device, {}, account);
    expect(buckets).toMatchObject([{ count: 1, max: 4 }]);
    const range = { from: start - day, to: start + 40 * day };
    const { events } = await historyOf().events(await granted(device, account), range);
    expect(events.map(({ name }) => name)).not.toContain('door.open');
  });

  it('lists what happened, the newest first', async () => {
    const device = await stage.boundDevice();
    await stage.door(device, true);
    stage.clock.advance(minute);
    await stage.door(device, true);
    await stage.door(device, false);
    const range = { from: start, to: stage.clock.now() + 1 };
    const { events, more } = await historyOf().events(await granted(device), range);
    expect(events.slice(0, 2)).toEqual([
      { at: stage.clock.now(), name: 'door.open', on: false },
      { at: stage.clock.now() - minute, name: 'door.open', on: true },
    ]);
    expect(more).toBe(false);
  });

  it('widens the range to whole buckets, and says so', async () => {
    const device = await stage.boundDevice();
    const odd = start + 7 * second;
    const { from, to, bucketMs } = await read(device, { from: odd, to: odd + hour, bucket: '30m' });
    expect([from % (15 * minute), (to - from) / bucketMs, bucketMs]).toEqual([0, 3, 30 * minute]);
    expect(from).toBeLessThanOrEqual(odd);
    expect(to).toBeGreaterThanOrEqual(odd + hour);
  });

  it('gives two thousand buckets at once and no more', async () => {
    const device = await stage.boundDevice();
    const range = (count: number) => ({ from: 0, to: count * 10 * second, bucket: '10s' });
    expect((await read(device, range(2_000))).buckets).toEqual([]);
    await expect(read(device, range(2_001))).rejects.toMatchObject({
      code: 'invalid-request',
      details: { faults: [{ field: 'bucket', message: expect.stringContaining('2001 buckets') }] },
    });
  });

  it('refuses a reading that the product does not declare, and names those that it does', async () => {
    const device = await stage.boundDevice();
    await expect(read(device, { reading: 'co.ppm' })).rejects.toMatchObject({
      code: 'invalid-request',
      details: { faults: [{ field: 'reading', message: expect.stringContaining('gas.lel') }] },
    });
  });

  it('forgets each part when its days are over, and says since when it is kept', async () => {
    const device = await stage.boundDevice();
    const first = stage.clock.now();
    await stage.gas(device, 1);
    stage.clock.advance(3 * day);
    await stage.gas(device, 2);
    await historyOf().prune(new AbortController().signal);
    const fine = await read(device, { from: first - hour, to: first + hour, bucket: '10m' });
    expect(fine.buckets).toEqual([]);
    expect(fine.keptSince).toBeGreaterThan(first);
    const coarse = await read(device, { from: first - hour, to: first + hour, bucket: '15m' });
    expect(coarse.buckets).toMatchObject([{ count: 1, max: 1 }]);
    expect(coarse.keptSince).toBeLessThan(first);
  });
});
