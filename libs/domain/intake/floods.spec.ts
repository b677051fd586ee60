// A flood of alarms from one home, and what of it is told one by one.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { endpointOf } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { Floods } from './floods.js';
import { minute, Stage, second } from './stage.contract.js';

describe('a flood', () => {
  let stores: Stores;
  beforeEach(async () => {
    stores = await openTemporarySqlite();
  });
  afterEach(() => stores.close());

  it('is more than 20 alarms in ten minutes, and over ten minutes later', () => {
    const floods = new Floods();
    const at = 1_763_700_000_000;
    for (let i = 0; i < 20; i++) {
      expect(floods.until('home', at, 1)).toBeNull();
      floods.note('home', at + i);
    }
    expect(floods.until('home', at + minute, 1)).toBe(at + 10 * minute);
    expect(floods.until('another', at + minute, 1)).toBeNull();
    expect(floods.until('home', at + 11 * minute, 1)).toBeNull();
    expect(new Floods().until('home', at, 21)).not.toBeNull();
  });

  it('comes as one message on the channels of its people; in the app and for life safety nothing waits', async () => {
    const stage = await Stage.open(stores);
    const { owner } = stage;
    await stores.endpoints.insert(endpointOf(owner.id));
    const devices = [];
    for (let i = 0; i < 25; i++) devices.push(await stage.boundDevice());
    // Ten minutes of silence are an alarm of class T, from all of them at once.
    await stage.wait(15 * minute);
    const told = (await stage.notices(owner.id)).filter(({ step }) => step === 'raised');
    expect(told).toHaveLength(25);
    const deliveries = (
      await Promise.all(told.map(({ subjectId }) => stores.outbox.ofAlarm(owner.id, subjectId)))
    ).flat();
    const gathered = deliveries.filter(({ bundle }) => bundle !== null);
    expect([deliveries.length, gathered.length]).toEqual([25, 5]);
    expect(new Set(gathered.map(({ bundle }) => bundle)).size).toBe(1);
    for (const { dueAt } of gathered) expect(dueAt).toBeGreaterThan(stage.clock.now());

    stage.clock.advance(second);
    const [device] = devices;
    if (device === undefined) throw new Error('there is no device');
    await stage.leak(device);
    const leak = (await stage.alarms(device)).find(({ rule }) => rule === 'leak');
    expect(await stores.outbox.ofAlarm(owner.id, leak?.id ?? '')).toMatchObject([{ bundle: null }]);
  });
});
