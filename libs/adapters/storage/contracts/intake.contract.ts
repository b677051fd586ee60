// What every IntakeStore promises of a commit: all of it or nothing, once, and behind its fences.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Device } from '#domain/devices';
import type { DeviceFile, IntakeBatch } from '#domain/intake';
import type { Stores } from '../index.js';
import {
  alarmOf,
  batchOf,
  devicesMade,
  inputOf,
  memoryOf,
  noon,
  noticeOf,
  oneDevice,
  someone,
  stateOf,
} from './samples.contract.js';

export function intakeStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`IntakeStore on ${name}: commit`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('takes an empty batch', async () => {
      expect(await stores.intake.commit(batchOf({}))).toEqual({ ok: true, notices: [] });
    });

    it('shows state, rule memory and stamps of a commit as soon as it is done', async () => {
      const { id } = await oneDevice(stores);
      const state = stateOf(id, 1, {
        info: {
          boot: 7,
          firmware: '1.0',
          power: 'mains',
          intervalS: 60,
          capabilities: ['gas.lel'],
          epoch: 0,
        },
      });
      const memory = memoryOf(id, 1, { state: { text: 'NUL \u0000 und 燃气', n: 1e-7 }, dueAt: noon + 1 });
      const inputs = [inputOf(id, 1), inputOf(id, 4_294_967_295), inputOf(id, null, { kind: 'tick' })];
      await done({ inputs, deviceStates: [state], ruleMemories: [memory] });
      const file = await fileOf(id);
      expect(file.state).toEqual(state);
      expect(file.rules).toEqual([memory]);
      expect(file.recentStamps).toEqual(
        inputs.slice(0, 2).map(({ boot, seq }) => ({ boot, first: seq, last: seq })),
      );
    });

    it('replaces exactly the version before: every other one is stale', async () => {
      const { id } = await oneDevice(stores);
      await done({ deviceStates: [stateOf(id, 1)], ruleMemories: [memoryOf(id, 1)] });
      await done({ deviceStates: [stateOf(id, 2)], ruleMemories: [memoryOf(id, 2)] });
      for (const version of [1, 2, 4]) {
        const stale = { ok: false, stale: [id] };
        expect(await stores.intake.commit(batchOf({ deviceStates: [stateOf(id, version)] }))).toEqual(stale);
        expect(await stores.intake.commit(batchOf({ ruleMemories: [memoryOf(id, version)] }))).toEqual(stale);
      }
      await done({ deviceStates: [stateOf(id, 3)], ruleMemories: [memoryOf(id, 3)] });
    });

    it('gives the newest stamped inputs of a device, oldest first', async () => {
      const [one, other] = await devicesMade(stores, 2);
      if (!one || !other) throw new Error('no devices were made');
      const unstamped = { ...inputOf(one.id, 9), boot: null, seq: null };
      await done({ inputs: [inputOf(one.id, 1), inputOf(other.id, 2), inputOf(one.id, 3), unstamped] });
      await done({ inputs: [inputOf(one.id, 2)] });
      const { recorded: _, ...last } = inputOf(one.id, 2);
      expect((await stores.intake.past(one.id, 9)).map(({ seq }) => seq)).toEqual([1, 3, 2]);
      expect((await stores.intake.past(one.id, 2)).map(({ seq }) => seq)).toEqual([3, 2]);
      expect(await stores.intake.past(one.id, 1)).toEqual([last]);
    });

    it('inserts the first version and no later one', async () => {
      const { id } = await oneDevice(stores);
      expect(await stores.intake.commit(batchOf({ deviceStates: [stateOf(id, 2)] }))).toMatchObject({
        ok: false,
      });
      expect(await stores.intake.commit(batchOf({ ruleMemories: [memoryOf(id, 2)] }))).toMatchObject({
        ok: false,
      });
      await done({
        deviceStates: [stateOf(id, 1)],
        ruleMemories: [memoryOf(id, 1), memoryOf(id, 1, { rule: 'co' })],
      });
    });

    it('leaves nothing of a batch in which one row in the middle is stale, and names every stale device', async () => {
      const devices = await devicesMade(stores, 5);
      const { account, home } = await someone(stores);
      await done({ deviceStates: [stateOf(at(devices, 1).id, 1)] });
      const alarm = alarmOf(at(devices, 0).id);
      const topic = `v1/devices/${at(devices, 0).id}/status`;
      const before = await stores.intake.load(devices.map(device => device.id));
      const letters = await stores.intake.deadLetters(100);
      const result = await stores.intake.commit({
        inputs: devices.map(device => inputOf(device.id, 1)),
        deadLetters: [letterOf(at(devices, 0).id)],
        deviceStates: devices.map(device => stateOf(device.id, 1)),
        ruleMemories: [memoryOf(at(devices, 3).id, 9)],
        alarms: [alarm],
        notices: [noticeOf(account.id)],
        deliveries: [],
        released: [],
        stopped: [],
        bindings: [],
        lost: [],
        placed: [],
        figures: [],
        modes: [{ homeId: home.id, mode: 'away', former: 'home', since: noon + 1, by: null }],
        broker: [{ kind: 'retain', topic, payload: new Uint8Array([1]), qos: 1 }],
      });
      expect(result).toEqual({ ok: false, stale: [at(devices, 1).id, at(devices, 3).id] });
      expect(await stores.intake.load(devices.map(device => device.id))).toEqual(before);
      expect(await stores.intake.deadLetters(100)).toEqual(letters);
      expect(await stores.alarms.byId(alarm.id)).toBeNull();
      expect(await stores.notices.latest(account.id, 1)).toEqual([]);
      expect(await stores.homes.byId(home.id)).toEqual(home);
    });

    it('leaves nothing of a batch that the database refuses in its last row', async () => {
      const { id } = await oneDevice(stores);
      const notice = noticeOf(newId());
      const broken = batchOf({
        inputs: [inputOf(id, 1)],
        deviceStates: [stateOf(id, 1)],
        notices: [notice, { ...notice, id: newId(), subjectId: null as unknown as string }],
      });
      await expect(stores.intake.commit(broken)).rejects.toMatchObject({
        message: expect.stringContaining('subject_id'),
      });
      expect((await fileOf(id)).state.version).toBe(0);
      expect((await fileOf(id)).recentStamps).toEqual([]);
      await done({ deviceStates: [stateOf(id, 1)] });
    });

    it('writes an input once, in one batch and in two, and takes those without a stamp as they come', async () => {
      const { id } = await oneDevice(stores);
      await done({ inputs: [inputOf(id, 1), inputOf(id, 1), inputOf(id, 2)] });
      await done({ inputs: [inputOf(id, 2), inputOf(id, 3), inputOf(id, null), inputOf(id, null)] });
      await done({ inputs: [inputOf(id, 1, { boot: 8 })] });
      const { boot } = inputOf(id, 1);
      expect((await fileOf(id)).recentStamps).toEqual([
        { boot, first: 1, last: 3 },
        { boot: 8, first: 1, last: 1 },
      ]);
      expect((await stores.intake.past(id, 9)).map(({ seq }) => seq)).toEqual([1, 2, 3, 1]);
    });

    it('remembers at least the last 256 stamps of each device', async () => {
      const [first, second] = await devicesMade(stores, 2);
      if (!first || !second) throw new Error('two devices');
      const seqs = Array.from({ length: 300 }, (_, seq) => seq);
      await done({ inputs: seqs.flatMap(seq => [inputOf(first.id, seq), inputOf(second.id, 1000 + seq)]) });
      for (const [id, begin] of [
        [first.id, 0],
        [second.id, 1000],
      ] as const) {
        const { recentStamps } = await fileOf(id);
        expect(recentStamps).toHaveLength(1);
        expect(recentStamps[0]?.last).toBe(begin + 299);
        expect(recentStamps[0]?.first).toBeLessThanOrEqual(begin + 44);
      }
    });

    it('knows an input again however the numbers came, before and after other batches', async () => {
      const { id } = await oneDevice(stores);
      const batches = [
        [5, 1, 2, 2],
        [9, 3, 4, 5, 6],
        [10, 7, 1, 8, 9],
        [11, 6, 3, 0],
      ];
      for (const seqs of batches) await done({ inputs: seqs.map(seq => inputOf(id, seq)) });
      const logged = (await stores.intake.past(id, 99)).map(({ seq }) => seq);
      expect(logged).toEqual([5, 1, 2, 9, 3, 4, 6, 10, 7, 8, 11, 0]);
    });

    it('changes a binding with its ledger, fenced like the rest', async () => {
      const { id } = await oneDevice(stores);
      const { account, home } = await someone(stores);
      const { binding } = await fileOf(id);
      const next = {
        ...binding,
        state: 'bound' as const,
        epoch: 1,
        version: 1,
        ownerId: account.id,
        homeId: home.id,
      };
      const row = {
        deviceId: id,
        epoch: 1,
        at: noon,
        what: 'bound' as const,
        accountId: account.id,
        ...{ via: 'page' as const, address: '192.0.2.1', concernsId: null },
        proof: 'button',
        until: null,
        reason: null,
      };
      const released = { ...binding, state: 'released' as const, epoch: 2, version: 2 };
      const gone = { ...row, epoch: 2, what: 'reset-at-device' as const, accountId: null, proof: null };
      await done({ bindings: [{ next, ledger: [row] }] });
      expect(await stores.bindings.byDevice(id)).toEqual(next);
      expect(await stores.intake.commit(batchOf({ bindings: [{ next, ledger: [row] }] }))).toEqual({
        ok: false,
        stale: [id],
      });
      await done({
        bindings: [
          { next: released, ledger: [gone] },
          { next: { ...next, epoch: 3, version: 3 }, ledger: [] },
        ],
      });
      expect(await stores.bindings.byDevice(id)).toMatchObject({ epoch: 3, version: 3, state: 'bound' });
      expect(await stores.bindings.ledger(id, 10)).toEqual([gone, row]);
    });

    it('lets one of many commits that follow the same version through', async () => {
      const { id } = await oneDevice(stores);
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, seq) =>
          stores.intake.commit(batchOf({ deviceStates: [stateOf(id, 1)], inputs: [inputOf(id, seq)] })),
        ),
      );
      expect(results.filter(result => result.ok)).toHaveLength(1);
      expect((await fileOf(id)).recentStamps).toHaveLength(1);
    });

    it('takes the last of two forms of one alarm in a batch', async () => {
      const { id } = await oneDevice(stores);
      const alarm = alarmOf(id);
      await done({ alarms: [alarm, { ...alarm, repeats: 2 }] });
      expect(await stores.alarms.byId(alarm.id)).toMatchObject({ repeats: 2 });
    });

    it('keeps the newest ten thousand dead letters, newest first, with their bytes', async () => {
      const first = letterOf('first');
      await done({ deadLetters: [first] });
      expect(await stores.intake.deadLetters(1)).toEqual([first]);
      const many = Array.from({ length: 10_000 }, (_, place) => ({ ...letterOf('many'), at: noon + place }));
      await done({ deadLetters: many });
      const kept = await stores.intake.deadLetters(20_000);
      expect(kept).toHaveLength(10_000);
      expect(kept[0]).toEqual(many.at(-1));
      expect(kept.at(-1)).toEqual(many[0]);
    });

    it('says that it is healthy', async () => {
      expect(await stores.intake.isHealthy()).toBe(true);
    });

    async function done(parts: Partial<IntakeBatch>): Promise<void> {
      expect(await stores.intake.commit(batchOf(parts))).toMatchObject({ ok: true });
    }

    async function fileOf(deviceId: string): Promise<DeviceFile> {
      const [file] = await stores.intake.load([deviceId]);
      if (!file) throw new Error('no file');
      return file;
    }
  });
}

const letterOf = (deviceId: string) => ({
  deviceId,
  kind: 'telemetry',
  reason: 'is not JSON',
  payload: new Uint8Array([0, 123, 255]),
  bytes: 4000,
  at: noon,
});

function at(devices: readonly Device[], place: number): Device {
  const device = devices[place];
  if (!device) throw new Error(`no device ${place}`);
  return device;
}
