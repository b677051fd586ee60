// What every HistoryStore promises: each input counts once and in its own place, and what is old goes in small steps.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import { type Bucket, type BucketQuery, type HistoryEnds, historySteps, type InputRow } from '#domain/intake';
import type { Stores } from '../index.js';
import { batchOf, devicesMade, inputOf, noticeOf, oneDevice, stateOf } from './samples.contract.js';

const { fineMs, coarseMs } = historySteps;
const hour = 3_600_000;
const day = 24 * hour;
/** A midnight (UTC). */
const midnight = 20_000 * day;
const nothingOld: HistoryEnds = { ahead: Number.MAX_SAFE_INTEGER, fine: 0, coarse: 0, events: 0, inputs: 0 };

export function historyStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`HistoryStore on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('gives minimum, maximum, mean and count of each bucket, and leaves out empty ones', async () => {
      const { id } = await oneDevice(stores);
      await said(id, [
        [0, 10],
        [5_000, 30],
        [9_999, -1.5],
        [10_000, 7],
        [50_000, 0.1],
        [50_001, 0.2],
      ]);
      expect(await buckets(id, { to: midnight + 60_000, bucketMs: fineMs })).toEqual([
        { at: midnight, min: -1.5, max: 30, mean: 38.5 / 3, count: 3 },
        { at: midnight + 10_000, min: 7, max: 7, mean: 7, count: 1 },
        { at: midnight + 50_000, min: 0.1, max: 0.2, mean: (0.1 + 0.2) / 2, count: 2 },
      ]);
    });

    it('counts the same in the fine width and in the coarse one, over any range of whole buckets', async () => {
      const { id } = await oneDevice(stores);
      const points = Array.from({ length: 500 }, (_, i) => [i * 47_000, (i * 37) % 101] as const);
      await said(id, points);
      for (const bucketMs of [coarseMs, hour, 3 * hour, day]) {
        for (const from of [midnight, midnight + 2 * coarseMs]) {
          const range = { from, to: from + 2 * day, bucketMs };
          const coarse = await buckets(id, { ...range, stepMs: coarseMs });
          expect(coarse).toEqual(await buckets(id, { ...range, stepMs: fineMs }));
          expect(coarse.reduce((sum, { count }) => sum + count, 0)).toBe(
            points.filter(([at]) => midnight + at >= from).length,
          );
          expect(coarse.every(({ at }) => (at - from) % bucketMs === 0)).toBe(true);
        }
      }
    });

    it('adds what other batches say of the same bucket', async () => {
      const { id } = await oneDevice(stores);
      await said(id, [[1, 5]]);
      await said(id, [[2, 9]]);
      await said(id, [[3, 1]]);
      const all = { at: midnight, min: 1, max: 9, mean: 5, count: 3 };
      expect(await buckets(id, { bucketMs: fineMs })).toEqual([all]);
      expect(await buckets(id, { bucketMs: hour, stepMs: coarseMs })).toEqual([all]);
    });

    it('puts a late input into the bucket of its own time', async () => {
      const { id } = await oneDevice(stores);
      await said(id, [[2 * hour, 20]]);
      await said(id, [[0, 40]]);
      expect(
        (await buckets(id, { to: midnight + day, bucketMs: hour })).map(({ at, max }) => [at, max]),
      ).toEqual([
        [midnight, 40],
        [midnight + 2 * hour, 20],
      ]);
    });

    it('does not count an input twice, in one batch or in two, and counts those without a stamp as they come', async () => {
      const { id } = await oneDevice(stores);
      const first = measured(id, 1, 0, 10);
      await commit([first, { ...first }, measured(id, 2, 1, 20)]);
      await commit([measured(id, 2, 1, 20), measured(id, 3, 2, 30), { ...first, at: midnight + hour }]);
      await commit([
        { ...first, boot: null, seq: null },
        { ...first, boot: null, seq: null },
      ]);
      expect(await buckets(id, { to: midnight + day, bucketMs: day })).toEqual([
        { at: midnight, min: 10, max: 30, mean: 16, count: 5 },
      ]);
    });

    it('takes what the second of two inputs with one stamp says for said by the first', async () => {
      const { id } = await oneDevice(stores);
      const twice = measured(id, 1, 0, 10);
      await commit([
        twice,
        { ...twice, recorded: { values: { 'gas.lel': 90 }, events: [event(0, 'button')] } },
      ]);
      expect(await buckets(id, { bucketMs: hour })).toEqual([
        { at: midnight, min: 10, max: 10, mean: 10, count: 1 },
      ]);
      expect(await events(id)).toEqual([]);
    });

    it('keeps nothing of a batch that is stale', async () => {
      const { id } = await oneDevice(stores);
      const result = await stores.intake.commit(
        batchOf({ inputs: [measured(id, 1, 0, 10)], deviceStates: [stateOf(id, 7)] }),
      );
      expect(result).toEqual({ ok: false, stale: [id] });
      expect(await buckets(id, { bucketMs: hour })).toEqual([]);
      await said(id, [[0, 11]]);
      expect(await buckets(id, { bucketMs: hour })).toMatchObject([{ count: 1, max: 11 }]);
    });

    it('tells devices, epochs and readings apart', async () => {
      const [one, other] = await devicesMade(stores, 2);
      if (!one || !other) throw new Error('two devices');
      const of = (deviceId: string, epoch: number, reading: string, value: number): InputRow => ({
        ...inputOf(deviceId, null, { epoch, at: midnight }),
        recorded: { values: { [reading]: value }, events: [] },
      });
      await commit([of(one.id, 1, 'co.ppm', 1), of(one.id, 1, 'co', 2), of(one.id, 2, 'co.ppm', 3)]);
      await commit([of(other.id, 1, 'co.ppm', 4)]);
      const mean = async (deviceId: string, epoch: number, reading: string) =>
        (await buckets(deviceId, { epoch, reading, bucketMs: hour })).map(bucket => bucket.mean);
      expect(await mean(one.id, 1, 'co.ppm')).toEqual([1]);
      expect(await mean(one.id, 1, 'co')).toEqual([2]);
      expect(await mean(one.id, 2, 'co.ppm')).toEqual([3]);
      expect(await mean(other.id, 1, 'co.ppm')).toEqual([4]);
      expect(await mean(other.id, 2, 'co.ppm')).toEqual([]);
    });

    it('gives events newest first, those of a range and no more than asked for', async () => {
      const { id } = await oneDevice(stores);
      const told = [
        event(5, 'door.open', true),
        event(5, 'door.open', false),
        event(1, 'button'),
        event(9, 'motion'),
      ];
      await commit([{ ...inputOf(id, 1), recorded: { values: {}, events: told } }]);
      const [opened, closed, button, motion] = told;
      expect(await events(id)).toEqual([motion, closed, opened, button]);
      expect(await events(id, { limit: 2 })).toEqual([motion, closed]);
      expect(await events(id, { from: midnight + 2, to: midnight + 9 })).toEqual([closed, opened]);
      expect(await events(id, { epoch: 1 })).toEqual([]);
    });

    it('keeps devices apart when the first batch of one of them was refused', async () => {
      const [refused, other] = await devicesMade(stores, 2);
      if (!refused || !other) throw new Error('no devices were made');
      const notice = { ...noticeOf(newId()), subjectId: null as unknown as string };
      const broken = batchOf({ inputs: [measured(refused.id, 1, 0, 50)], notices: [notice] });
      // The driver's error may be of another realm, which toThrow() does not take for one.
      await expect(stores.intake.commit(broken)).rejects.toHaveProperty('message');
      await said(other.id, [[0, 10]]);
      await said(refused.id, [[0, 20]]);
      expect(await buckets(other.id, {})).toMatchObject([{ min: 10, max: 10 }]);
      expect(await buckets(refused.id, {})).toMatchObject([{ min: 20, max: 20, count: 1 }]);
    });

    it('forgets each width, the events and the input log at their own end, and nothing else', async () => {
      const { id } = await oneDevice(stores);
      const at = (days: number, seq: number): InputRow => ({
        ...measured(id, seq, days * day, days),
        receivedAt: midnight + days * day,
        recorded: { values: { 'gas.lel': days }, events: [event(days * day, 'button')] },
      });
      await commit([at(0, 1), at(1, 2), at(2, 3), at(3, 4)]);
      const ends = { fine: 3, coarse: 1, events: 2, inputs: 3 };
      await prune({
        // What the other tests left at the old end of the logs lies after it, as if a wrong clock had written it.
        ahead: midnight + 9 * day,
        fine: midnight + ends.fine * day,
        coarse: midnight + ends.coarse * day,
        events: midnight + ends.events * day,
        inputs: midnight + ends.inputs * day,
      });
      const range = { to: midnight + 9 * day, bucketMs: day };
      const daysOf = (found: readonly { at: number }[]) => found.map(each => (each.at - midnight) / day);
      expect(daysOf(await buckets(id, { ...range, stepMs: fineMs }))).toEqual([3]);
      expect(daysOf(await buckets(id, { ...range, stepMs: coarseMs }))).toEqual([1, 2, 3]);
      expect(daysOf(await events(id, { to: range.to }))).toEqual([3, 2]);
      expect((await stores.intake.past(id, 9)).map(({ seq }) => seq)).toEqual([4]);
      expect(await prune(nothingOld)).toBe(0);
    });

    it('forgets many rows of many series, whole', async () => {
      const devices = await devicesMade(stores, 12);
      for (const { id } of devices)
        await said(
          id,
          Array.from({ length: 130 }, (_, i) => [i * fineMs, i]),
        );
      const end = midnight + 100 * fineMs;
      expect(await prune({ ...nothingOld, fine: end })).toBeGreaterThanOrEqual(12 * 100);
      for (const { id } of devices) {
        const left = await buckets(id, { bucketMs: fineMs });
        expect(left).toHaveLength(30);
        expect(left[0]?.at).toBe(end);
      }
    });

    it('forgets no further when it is told to stop', async () => {
      const { id } = await oneDevice(stores);
      await said(id, [[0, 1]]);
      await stores.history.prune({ ...nothingOld, fine: midnight + day }, AbortSignal.abort());
      expect(await buckets(id, { bucketMs: hour })).toHaveLength(1);
    });

    const prune = (ends: HistoryEnds) => stores.history.prune(ends, new AbortController().signal);

    async function commit(inputs: readonly InputRow[]): Promise<void> {
      expect(await stores.intake.commit(batchOf({ inputs }))).toMatchObject({ ok: true });
    }

    let lastSeq = 1_000_000;
    const said = (deviceId: string, points: readonly (readonly [at: number, value: number])[]) =>
      commit(points.map(([at, value]) => measured(deviceId, ++lastSeq, at, value)));

    function buckets(deviceId: string, query: Partial<BucketQuery>): Promise<Bucket[]> {
      const usual = { epoch: 0, reading: 'gas.lel', stepMs: fineMs, from: midnight, to: midnight + hour };
      return stores.history.buckets({ deviceId, ...usual, bucketMs: fineMs, ...query });
    }

    function events(
      deviceId: string,
      query: Partial<{ from: number; to: number; limit: number; epoch: number }> = {},
    ) {
      const usual = { epoch: 0, from: midnight, to: midnight + hour, limit: 100 };
      return stores.history.events({ deviceId, ...usual, ...query });
    }
  });
}

function measured(deviceId: string, seq: number, afterMs: number, value: number): InputRow {
  const at = midnight + afterMs;
  return { ...inputOf(deviceId, seq, { at }), recorded: { values: { 'gas.lel': value }, events: [] } };
}

const event = (afterMs: number, name: string, on: boolean | null = null) => ({
  at: midnight + afterMs,
  name,
  on,
});
