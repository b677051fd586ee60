// What the intake promises of a message: stored before it is acknowledged, in order, once, and nobody else's trouble.
import { describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { batchOf, someone, stateOf } from '../../adapters/storage/contracts/samples.contract.js';
import { setTheStage, stage, stores } from './set-stage.fixture.js';
import { minute, Process, start, storedStamps, upTo } from './stage.contract.js';

export function intakePromise(open: () => Promise<Stores>): void {
  setTheStage(open);

  const stored = (deviceId: string) => storedStamps(stores, deviceId);
  const inputs = () => stage.process.store.committed.flatMap(batch => batch.inputs);

  describe('a message', () => {
    it('is answered when it is stored, and not before', async () => {
      const device = await stage.device();
      let open: () => void = () => {};
      const held = new Promise<void>(resolve => {
        open = resolve;
      });
      const reached = new Promise<void>(resolve => {
        stage.process.store.gate = () => {
          resolve();
          return held;
        };
      });
      let isAnswered = false;
      const answered = stage.gas(device, 1, { seq: 100 }).then(() => {
        isAnswered = true;
      });
      await reached;
      await new Promise(setImmediate);
      expect([isAnswered, await stored(device.id)]).toEqual([false, []]);
      open();
      await answered;
      expect(await stored(device.id)).toEqual([100]);
    });

    it('keeps its place: answered and stored in the order of arrival, over many batches', async () => {
      const device = await stage.device();
      const answered: number[] = [];
      const said: Promise<unknown>[] = [];
      for (const seq of upTo(250)) {
        said.push(
          stage.gas(device, 1, { seq }).then(() => {
            answered.push(seq);
          }),
        );
        if (seq % 7 === 0) await new Promise(setImmediate);
      }
      await Promise.all(said);
      expect(answered).toEqual(upTo(250));
      expect(await stored(device.id)).toEqual(upTo(250));
      expect(stage.intake.counters).toMatchObject({ inputs: 250, duplicates: 0 });
      expect(stage.intake.counters.batches).toBeGreaterThan(1);
    });

    it('shares one write with what arrives in the same moment and while a write runs', async () => {
      const device = await stage.device();
      await Promise.all(Array.from({ length: 50 }, (_, seq) => stage.gas(device, 1, { seq })));
      expect(stage.intake.counters).toMatchObject({ inputs: 50, batches: 1, largestBatch: 50 });
      const [batch] = stage.process.store.committed;
      expect(batch?.deviceStates).toHaveLength(1);
    });

    it.each(['in one batch', 'in a later batch', 'after a restart'])(
      'counts once when sent twice %s',
      async when => {
        const device = await stage.boundDevice();
        const said = () => stage.gas(device, 20, { boot: 9, seq: 1 });
        if (when === 'in one batch') await Promise.all([said(), said()]);
        else {
          await said();
          if (when === 'after a restart') await stage.restart();
          await said();
        }
        expect(await stage.alarms(device)).toEqual([]);
        expect(stage.intake.counters.duplicates).toBe(1);
        const [file] = await stores.intake.load([device.id]);
        expect(file?.recentStamps.filter(({ boot }) => boot === 9)).toEqual([{ boot: 9, first: 1, last: 1 }]);
      },
    );

    it('of an unknown device spoils only itself', async () => {
      const device = await stage.device();
      const [good, unknown, alsoGood] = await Promise.allSettled([
        stage.gas(device, 1, { seq: 1 }),
        stage.gas({ id: 'no-such-device' }, 1),
        stage.gas(device, 1, { seq: 2 }),
      ]);
      expect([good.status, unknown.status, alsoGood.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await stored(device.id)).toEqual([1, 2]);
    });

    it('that cannot be read is kept, and counted', async () => {
      const letter = {
        deviceId: 'whoever',
        kind: 'telemetry',
        reason: 'is no JSON',
        payload: Uint8Array.of(0, 255),
        bytes: 2,
        at: start,
      };
      await stage.intake.malformed(letter);
      const [kept] = await stores.intake.deadLetters(1);
      expect(kept).toMatchObject({ reason: 'is no JSON', bytes: 2 });
      expect(stage.intake.counters.malformed).toBe(1);
    });
  });

  describe('somebody else who writes the same device', () => {
    it('is met by deciding again on what is stored', async () => {
      const device = await stage.boundDevice();
      await stage.gas(device, 20, { seq: 700 });
      const elsewhere = new Process(stores, stage.clock);
      await elsewhere.intake.receive({
        deviceId: device.id,
        receivedAt: stage.clock.now(),
        message: { kind: 'telemetry', body: { boot: 1, seq: 701, values: { 'gas.lel': 3 } } },
      });
      // In this process's memory the level still stands at 20: a second sample over it would raise.
      await stage.gas(device, 20, { seq: 702 });
      expect(await stage.alarms(device)).toEqual([]);
      await stage.gas(device, 21, { seq: 703 });
      expect(await stage.alarms(device)).toMatchObject([{ value: 21 }]);
    });

    it('who writes without end is answered by a refusal, and not by waiting without end', async () => {
      const device = await stage.boundDevice();
      await stage.gas(device, 1);
      stage.process.store.gate = async ({ deviceStates }) => {
        if (!deviceStates.some(({ deviceId }) => deviceId === device.id)) return;
        const [file] = await stores.intake.load([device.id]);
        const version = (file?.state.version ?? 0) + 1;
        const epoch = file?.binding.epoch ?? 0;
        await stores.intake.commit(batchOf({ deviceStates: [stateOf(device.id, version, { epoch })] }));
      };
      const other = await stage.device();
      const [contested, untouched] = await Promise.allSettled([stage.gas(device, 2), stage.gas(other, 2)]);
      expect(contested).toMatchObject({ reason: { code: 'storage-unavailable' } });
      expect(untouched.status).toBe('fulfilled');
      stage.process.store.gate = async () => {};
      await stage.gas(device, 3);
    });
  });

  describe('time', () => {
    it('by the device counts while it is plausible', async () => {
      const device = await stage.device();
      stage.clock.advance(10 * minute);
      await stage.gas(device, 1, { at: start + minute });
      expect(inputs().at(-1)).toMatchObject({ at: start + minute, clock: 'device' });
    });

    it.each([
      ['ahead', start + 60 * minute],
      ['years behind', 0],
    ])('by a device whose clock is %s delays nothing', async (_, at) => {
      const device = await stage.boundDevice();
      await Promise.all([stage.gas(device, 20, { at }), stage.gas(device, 20, { at: at + 1 })]);
      expect(inputs().at(-1)).toMatchObject({ at: start, clock: 'gateway' });
      expect(await stage.alarms(device)).toMatchObject([{ occurredAt: start, raisedAt: start }]);
    });

    it.each(['in one batch', 'in a later batch', 'after a restart'])(
      'that is overtaken %s takes its own place, raises what it would have raised, and ends nothing',
      async when => {
        const device = await stage.boundDevice();
        stage.clock.advance(10 * minute);
        const late = () => stage.gas(device, 50, { seq: 801, at: start + 2 * minute });
        const ahead = () => stage.gas(device, 20, { seq: 802, at: start + 3 * minute });
        if (when === 'in one batch') await Promise.all([ahead(), late()]);
        else {
          await ahead();
          if (when === 'after a restart') await stage.restart();
          await late();
        }
        const leak = { rule: 'leak', occurredAt: start + 2 * minute, raisedAt: start + 10 * minute };
        expect(await stage.alarms(device)).toMatchObject([leak]);
        expect(inputs().at(-1)).toMatchObject({ seq: 801, at: start + 2 * minute, clock: 'device' });
        const file = await stage.intake.file(device.id);
        expect(file?.state.values).toEqual({ 'gas.lel': 20 });
        await stage.gas(device, 0, { seq: 701, at: start + minute });
        expect(await stage.alarms(device)).toMatchObject([{ ...leak, calmAt: null, clearedAt: null }]);
      },
    );

    it('that is overtaken and does not say when it was has no place: it neither raises nor ends', async () => {
      const device = await stage.boundDevice();
      await stage.gas(device, 20, { seq: 802 });
      await stage.gas(device, 50, { seq: 801 });
      expect(await stage.alarms(device)).toEqual([]);
      await stage.gas(device, 20, { seq: 803 });
      await stage.gas(device, 0, { seq: 701 });
      expect(await stage.alarms(device)).toMatchObject([{ calmAt: null, clearedAt: null }]);
    });
  });

  it('takes nothing more once it is drained, and answers what it has taken', async () => {
    const device = await stage.device();
    const taken = stage.gas(device, 1, { seq: 900 });
    await Promise.all([stage.intake.drain(), taken]);
    expect(await stored(device.id)).toEqual([900]);
    await expect(stage.gas(device, 1, { seq: 901 })).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(await stored(device.id)).toEqual([900]);
  });

  it('leaves no row of a person who may not act', async () => {
    const device = await stage.boundDevice();
    const alarm = await stage.leak(device);
    const { account: stranger } = await someone(stores);
    const before = stage.process.store.committed.length;
    await expect(stage.intake.acknowledge(alarm.id, stranger)).rejects.toMatchObject({ code: 'not-found' });
    await expect(stage.intake.acknowledge('no-such-alarm', stranger)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(stage.process.store.committed).toHaveLength(before);
  });
}
