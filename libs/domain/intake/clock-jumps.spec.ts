// A gateway whose clock is set, or whose machine sleeps: nobody is called silent for it, and who is silent is still found.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { presenceOf } from '#domain/devices';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { device, stage, stageADevice, stores } from './set-stage.fixture.js';
import { minute, second } from './stage.contract.js';

const hour = 60 * minute;

describe('a clock that jumps', () => {
  stageADevice(openTemporarySqlite);

  beforeEach(async () => {
    await stage.gas(device, 0);
    await strike();
  });

  /** What the gateway does every second. */
  async function strike(): Promise<void> {
    stage.intake.watchClock();
    await stage.intake.tick();
  }

  /** Time passes as it should; the device says so twice a minute, or not. */
  async function live(ms: number, speaks: boolean): Promise<void> {
    for (let passed = 0; passed < ms; passed += 10 * second) {
      stage.clock.advance(10 * second);
      if (speaks && passed % (30 * second) === 0) await stage.gas(device, 0);
      await strike();
    }
  }

  const silences = async () => (await stage.alarms(device)).filter(({ kind }) => kind === 'silence').length;
  const presence = async () => {
    const file = await stage.intake.file(device.id);
    const { lastHeardAt = null } = file?.state ?? {};
    return presenceOf(lastHeardAt, 60, stage.process.listening.since, stage.clock.now()).state;
  };

  it.each([
    ['a day ahead', 24 * hour],
    ['an hour back', -hour],
  ])('%s makes nobody silent who goes on speaking', async (_, ms) => {
    await live(5 * minute, true);
    stage.clock.advance(ms);
    await strike();
    expect(await presence()).not.toBe('offline');
    await live(20 * minute, true);
    expect(await silences()).toBe(0);
    expect(await presence()).toBe('online');
  });

  it.each([
    ['a day ahead', 24 * hour],
    ['an hour back', -hour],
  ])('%s hides nobody who falls silent with it: that is found in the usual time', async (_, ms) => {
    await live(5 * minute, true);
    stage.clock.advance(ms);
    await live(2 * minute, false);
    expect(await silences()).toBe(0);
    await live(2 * minute, false);
    expect(await silences()).toBe(1);
    expect(await presence()).toBe('offline');
  });

  it('keeps the order of what is said, and each message once', async () => {
    const before = (await stores.intake.past(device.id, 1_000)).length;
    for (const ms of [hour, -2 * hour, 24 * hour, -24 * hour]) {
      await stage.gas(device, 1);
      stage.clock.advance(ms);
      await strike();
    }
    const seqs = (await stores.intake.past(device.id, 1_000)).slice(before).map(({ seq }) => seq ?? 0);
    expect(seqs).toHaveLength(4);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });
});
