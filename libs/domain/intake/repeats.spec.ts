// A device that says only what is known already: it is heard, and what it says counts once.
import { describe, expect, it } from '@jest/globals';
import type { Device } from '#domain/devices';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { Absences } from './absences.js';
import { DeviceWhy } from './device-why.js';
import { replayLog } from './replay.js';
import { device, owner, setTheStage, stage, stageADevice, stores } from './set-stage.fixture.js';
import { detector, minute, start } from './stage.contract.js';

const stamp = { boot: 9, seq: 1 };

async function whyOf({ id }: Device) {
  const { files, views, listening } = stage.process;
  const { accounts, contacts, absences } = stores;
  const away = new Absences(absences, stage.clock);
  return new DeviceWhy(files, views, accounts, contacts, away, listening, stage.clock).about(id, owner);
}

describe('a device that repeats itself', () => {
  stageADevice(openTemporarySqlite);

  /** The same packet every minute, which is the device's interval, and the gateway's clock between them. */
  async function repeat(
    of: Device,
    minutes: number,
    change: { readonly isResent?: boolean } = {},
  ): Promise<void> {
    for (let passed = 0; passed < minutes; passed += 1) {
      await stage.wait(minute);
      const body = { ...stamp, values: { 'gas.lel': 20 } };
      const said = {
        deviceId: of.id,
        message: { kind: 'telemetry', body },
        receivedAt: stage.clock.now(),
      } as const;
      expect(await stage.intake.receive({ ...said, ...change })).toEqual({ kind: 'known' });
    }
  }

  const presence = async () => {
    const file = await stage.intake.file(device.id);
    if (file === null) throw new Error('no file');
    return stage.process.views.device(file, owner).presence;
  };

  it('is online and not silent, after a restart too, and what it says raises nothing', async () => {
    await stage.gas(device, 1, stamp);
    await repeat(device, 20);
    expect(await presence()).toEqual({ state: 'online', lastHeardAt: start + 20 * minute });
    expect(await stage.told(owner)).toEqual([]);
    await stage.restart();
    await repeat(device, 5);
    expect(await presence()).toMatchObject({ state: 'online' });
    expect(await stage.told(owner)).toEqual([]);
  });

  it('ends its silence by a word that is known', async () => {
    await stage.gas(device, 1, stamp);
    await stage.wait(10 * minute);
    expect(await stage.told(owner)).toEqual(['raised 0']);
    await repeat(device, 1);
    expect(await stage.told(owner)).toEqual(['raised 0', 'cleared 0']);
  });

  it('counts what it said once: in the log, in the history and in the rules', async () => {
    await stage.gas(device, 20, stamp);
    const before = await stage.intake.file(device.id);
    await repeat(device, 3);
    const after = await stage.intake.file(device.id);
    expect({ ...after?.state, lastHeardAt: null, version: 0 }).toEqual({
      ...before?.state,
      lastHeardAt: null,
      version: 0,
    });
    const written = stage.process.store.committed.flatMap(({ inputs }) => inputs);
    expect(written.filter(({ boot }) => boot === stamp.boot)).toHaveLength(1);
    expect(written.filter(({ kind }) => kind === 'repeat')).toHaveLength(3);
    expect(written.filter(({ kind, recorded }) => kind === 'repeat' && recorded !== undefined)).toEqual([]);
  });

  it('writes nothing for what comes again within a second', async () => {
    await stage.gas(device, 20, stamp);
    const { committed } = stage.process.store;
    const before = committed.length;
    for (let again = 0; again < 50; again += 1) await stage.gas(device, 20, stamp);
    expect(committed.length).toBe(before);
  });

  it('is said to repeat itself once that has lasted, and no more when it says something new', async () => {
    await stage.gas(device, 1, stamp);
    await repeat(device, 3);
    expect((await whyOf(device)).repeats).toBeNull();
    await repeat(device, 2);
    expect((await whyOf(device)).repeats).toEqual({ since: start + minute, messages: 5 });
    await stage.gas(device, 1);
    expect((await whyOf(device)).repeats).toBeNull();
  });

  it('is not blamed for what MQTT says is sent again, and is heard by it', async () => {
    await stage.gas(device, 1, stamp);
    await repeat(device, 10, { isResent: true });
    expect((await whyOf(device)).repeats).toBeNull();
    expect(await presence()).toMatchObject({ state: 'online' });
  });

  it('is heard in a replay of its log as it was', async () => {
    await stage.gas(device, 1, stamp);
    await stage.wait(10 * minute);
    await repeat(device, 10);
    const rows = stage.process.store.committed.flatMap(({ inputs }) => inputs).filter(row => row.epoch === 1);
    const file = await stage.intake.file(device.id);
    if (file === null) throw new Error('no file');
    const blank = {
      ...file,
      state: { ...file.state, lastHeardAt: null, latestAt: null, values: {}, bits: {} },
      rules: [],
      openAlarms: [],
    };
    const again = replayLog(blank, rows, start);
    expect(again).toMatchObject([{ kind: 'silence', endReason: 'over' }]);
    expect(again.map(({ clearedAt }) => clearedAt)).toEqual(
      (await stage.alarms(device)).map(each => each.clearedAt),
    );
  });
});

describe('a child of a hub of which the hub repeats the last word', () => {
  setTheStage(openTemporarySqlite);

  it('is silent still', async () => {
    const hub = await stage.device();
    const child = await stage.device(detector, hub.id);
    await stage.bind(child);
    await stage.gas(child, 1, stamp);
    for (let passed = 0; passed < 10; passed += 1) {
      await stage.wait(minute);
      await stage.gas(child, 1, stamp);
    }
    expect(await stage.told(owner)).toEqual(['raised 0']);
    expect(await stage.alarms(child)).toMatchObject([{ kind: 'silence', clearedAt: null }]);
  });
});
