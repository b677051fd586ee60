// What every IntakeStore promises of the files it loads, and of the devices that it says need the clock.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import { blankState } from '#domain/devices';
import type { DeviceFile } from '#domain/intake';
import { usualPreferences } from '#domain/notices';
import type { Stores } from '../index.js';
import {
  alarmOf,
  batchOf,
  bind,
  devicesMade,
  endpointOf,
  granted,
  grantOn,
  memoryOf,
  noon,
  oneDevice,
  someone,
  stateOf,
} from './samples.contract.js';

export function deviceFileContract(name: string, open: () => Promise<Stores>): void {
  describe(`IntakeStore on ${name}: device files`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('gives a device that nobody owns a blank state, no home, and the operators with their endpoints', async () => {
      const { account: operator } = await someone(stores, 'Op', { role: 'operator' });
      await someone(stores);
      const endpoint = endpointOf(operator.id);
      await stores.endpoints.insert(endpoint);
      const device = await oneDevice(stores);
      expect(await fileOf(device.id)).toEqual({
        device,
        product: await stores.products.byId(device.productId),
        binding: await stores.bindings.byDevice(device.id),
        home: null,
        modes: [],
        recipients: [{ accountId: operator.id, endpoints: [endpoint], preferences: usualPreferences }],
        contacts: [],
        members: [],
        roomId: null,
        state: blankState(device.id, 0),
        rules: [],
        openAlarms: [],
        recentStamps: [],
      });
    });

    it('gives an owned device its home, and its owner alone as recipient, where they have said yes', async () => {
      const device = await oneDevice(stores);
      const { account, home } = await someone(stores);
      const endpoints = [endpointOf(account.id), endpointOf(account.id, { createdAt: noon + 1 })];
      const unconfirmed = endpointOf(account.id, { channel: 'mail', confirmedAt: null });
      for (const endpoint of [...endpoints, unconfirmed]) await stores.endpoints.insert(endpoint);
      await bind(stores, device.id, account, home);
      const file = await fileOf(device.id);
      expect(file.home).toEqual(home);
      expect(file.recipients).toEqual([{ accountId: account.id, endpoints, preferences: usualPreferences }]);
      expect(file.state).toEqual(blankState(device.id, 1));
    });

    it('tells members who have the alarms of the device or of its home, and knows all members', async () => {
      const device = await oneDevice(stores);
      const { account, home } = await someone(stores);
      await bind(stores, device.id, account, home);
      const [told, seeing, atHome, before] = [
        (await someone(stores)).account,
        (await someone(stores)).account,
        (await someone(stores)).account,
        (await someone(stores)).account,
      ];
      const endpoint = endpointOf(atHome.id);
      await stores.endpoints.insert(endpoint);
      const ofHome = { subjectKind: 'home', subjectId: home.id, epoch: 0 } as const;
      await granted(stores, grantOn(device.id, told.id, { epoch: 1, capabilities: ['alerts'], since: noon }));
      await granted(
        stores,
        grantOn(device.id, seeing.id, { epoch: 1, capabilities: ['view'], since: noon + 1 }),
      );
      await granted(
        stores,
        grantOn(device.id, atHome.id, { ...ofHome, capabilities: ['alerts', 'share'], since: noon + 2 }),
      );
      await granted(stores, grantOn(device.id, before.id, { epoch: 0, capabilities: ['alerts'] }));
      const { recipients, members } = await fileOf(device.id);
      expect(recipients).toEqual([
        { accountId: account.id, endpoints: [], preferences: usualPreferences },
        { accountId: told.id, endpoints: [], preferences: usualPreferences },
        { accountId: atHome.id, endpoints: [endpoint], preferences: usualPreferences },
      ]);
      expect(members).toEqual([
        { accountId: told.id, capabilities: ['alerts'], until: null },
        { accountId: seeing.id, capabilities: ['view'], until: null },
        { accountId: atHome.id, capabilities: ['alerts'], until: null },
      ]);
    });

    it('shows state and rule memory of the present epoch, and open alarms of every epoch', async () => {
      const device = await oneDevice(stores);
      const { account, home } = await someone(stores);
      const old = alarmOf(device.id, { raisedAt: noon });
      const over = alarmOf(device.id, { clearedAt: noon + 1, endReason: 'over' });
      await stores.intake.commit(
        batchOf({
          deviceStates: [stateOf(device.id, 1)],
          ruleMemories: [memoryOf(device.id, 1)],
          alarms: [old, over],
        }),
      );
      await bind(stores, device.id, account, home);
      expect(await fileOf(device.id)).toMatchObject({ state: blankState(device.id, 1), openAlarms: [old] });
      expect((await fileOf(device.id)).rules).toEqual([]);

      const state = stateOf(device.id, 1, { epoch: 1 });
      const memories = ['co', 'gas'].map(rule => memoryOf(device.id, 1, { epoch: 1, rule }));
      const fresh = alarmOf(device.id, { epoch: 1, raisedAt: noon + 5 });
      await stores.intake.commit(batchOf({ deviceStates: [state], ruleMemories: memories, alarms: [fresh] }));
      const file = await fileOf(device.id);
      expect(file.state).toEqual(state);
      expect([...file.rules].sort((a, b) => a.rule.localeCompare(b.rule))).toEqual(memories);
      expect(file.openAlarms).toEqual([old, fresh]);
    });

    it('loads many devices, each with its own, and leaves out those that do not exist', async () => {
      const devices = await devicesMade(stores, 700);
      const states = devices.map((device, place) => stateOf(device.id, 1, { values: { 'gas.lel': place } }));
      await stores.intake.commit(batchOf({ deviceStates: states }));
      const files = await stores.intake.load([newId(), ...devices.map(device => device.id), newId()]);
      expect(files).toHaveLength(700);
      const loaded = new Map(files.map(file => [file.device.id, file.state]));
      expect(devices.map(device => loaded.get(device.id))).toEqual(states);
      expect(await stores.intake.load([])).toEqual([]);
    });

    it('tells the operators of the device without an owner alone, when it is loaded beside an owned one', async () => {
      const { account: operator } = await someone(stores, 'Op', { role: 'operator' });
      const [owned, free] = await devicesMade(stores, 2);
      if (!owned || !free) throw new Error('two devices');
      const { account, home } = await someone(stores);
      await bind(stores, owned.id, account, home);
      const files = await stores.intake.load([owned.id, free.id]);
      const told = (id: string) =>
        files.find(file => file.device.id === id)?.recipients.map(recipient => recipient.accountId);
      expect(told(owned.id)).toEqual([account.id]);
      expect(told(free.id)).toContain(operator.id);
      expect(told(free.id)).not.toContain(account.id);
    });

    it('loads every part of a file from one moment, whatever is committed meanwhile', async () => {
      const device = await oneDevice(stores);
      const commits = async () => {
        for (let version = 1; version <= 40; version += 1)
          await stores.intake.commit(
            batchOf({
              deviceStates: [stateOf(device.id, version)],
              ruleMemories: [memoryOf(device.id, version)],
              alarms: [alarmOf(device.id, { id: `of-one-moment-${device.id}`, repeats: version })],
            }),
          );
      };
      const loads = async () => {
        for (let state = 0; state < 40; ) {
          const file = await fileOf(device.id);
          state = file.state.version;
          expect(file.rules.find(({ rule }) => rule === 'gas')?.version ?? 0).toBe(state);
          expect(file.openAlarms[0]?.repeats ?? 0).toBe(state);
        }
      };
      await Promise.all([commits(), loads(), loads()]);
    });

    it('watches devices with an open alarm or a due rule of the present epoch, and no others', async () => {
      const [open, due, over, calm, former] = await devicesMade(stores, 5);
      if (!open || !due || !over || !calm || !former) throw new Error('five devices');
      const { account, home } = await someone(stores);
      await stores.intake.commit(
        batchOf({
          alarms: [alarmOf(open.id), alarmOf(over.id, { clearedAt: noon, endReason: 'over' })],
          ruleMemories: [
            memoryOf(due.id, 1, { dueAt: noon }),
            memoryOf(calm.id, 1),
            memoryOf(former.id, 1, { dueAt: noon }),
            memoryOf(open.id, 1, { dueAt: noon }),
          ],
        }),
      );
      await bind(stores, former.id, account, home);
      const made = [open, due, over, calm, former].map(device => device.id);
      const watched = (await stores.intake.watched()).filter(id => made.includes(id));
      expect(watched.sort()).toEqual([open.id, due.id].sort());
    });

    it('finds the devices bound in a home', async () => {
      const [inside, released] = await devicesMade(stores, 2);
      if (!inside || !released) throw new Error('two devices');
      const { account, home } = await someone(stores);
      const { account: other, home: next } = await someone(stores);
      await bind(stores, inside.id, account, home);
      await bind(stores, released.id, other, next);
      expect(await stores.intake.inHome(home.id)).toEqual([inside.id]);
      expect(await stores.intake.inHome(newId())).toEqual([]);
    });

    async function fileOf(deviceId: string): Promise<DeviceFile> {
      const [file] = await stores.intake.load([deviceId]);
      if (!file) throw new Error('no file');
      return file;
    }
  });
}
