// What it costs to watch over devices that go on speaking: no row of a rule, and one question in each patience.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { DueTimes } from './due-times.js';
import { minute, Stage, second } from './stage.contract.js';

describe('a device that goes on speaking', () => {
  let stores: Stores;

  beforeAll(async () => {
    stores = await openTemporarySqlite();
  });

  afterAll(() => stores.close());

  it('changes no row of its rules, however often it speaks and the clock strikes', async () => {
    const stage = await Stage.open(stores);
    const device = await stage.boundDevice();
    const hours = async (count: number) => {
      for (let passed = 0; passed < count * 60; passed++) {
        await stage.gas(device, 1);
        for (let strike = 0; strike < 6; strike++) await stage.wait(10 * second);
      }
    };
    await hours(1);
    const settled = stage.process.store.committed.length;
    await hours(2);
    const since = stage.process.store.committed.slice(settled);
    expect(since.flatMap(({ inputs }) => inputs)).toHaveLength(120);
    expect(since.flatMap(({ ruleMemories }) => ruleMemories)).toEqual([]);
    // It is watched all the same, and by another process too.
    await stage.restart();
    await stage.wait(second);
    await stage.wait(10 * minute);
    expect(await stage.alarms(device)).toMatchObject([{ rule: 'silent', clearedAt: null }]);
  });
});

describe('50 000 supervised devices', () => {
  it('are each asked once in a patience, however often they speak', () => {
    const devices = Array.from({ length: 50_000 }, (_, i) => `d-${i}`);
    const dueTimes = new DueTimes();
    const patienceMs = 150 * second;
    let asked = 0;
    for (let now = 0; now <= 10 * minute; now += 30 * second) {
      for (const id of devices) dueTimes.set(id, now + patienceMs);
      for (const id of dueTimes.take(now)) {
        asked++;
        dueTimes.set(id, now + patienceMs);
      }
    }
    expect(asked).toBe((50_000 * 10 * minute) / patienceMs);
  });
});
