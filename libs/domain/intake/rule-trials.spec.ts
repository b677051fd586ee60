// A changed rule is tried on what a device has said, on a real store, and nothing is changed by it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { FileRoom } from './file-room.js';
import { RuleTrials } from './rule-trials.js';
import { detector, minute, Stage, start } from './stage.contract.js';

describe('a changed rule', () => {
  let stores: Stores;

  beforeAll(async () => {
    stores = await openTemporarySqlite();
  });

  afterAll(() => stores.close());

  it('shows what it would have found in what a device has said, and changes nothing', async () => {
    const stage = await Stage.open(stores);
    const device = await stage.boundDevice();
    await stage.leak(device);
    await stage.keep(device, 1, 10 * minute);
    await stage.keep(device, 12, minute);
    const [leak] = detector.rules;
    if (leak?.kind !== 'gas') throw new Error('the first rule is about gas');
    const trials = new RuleTrials(new FileRoom(stores.intake), stores.intake);
    const before = await stage.alarms(device);
    const trial = await trials.run(device.id, { ...leak, raiseAtLel: 15 });
    expect(trial).toMatchObject({ from: start, same: [{ since: start }], changed: [], gained: [] });
    expect(trial.lost).toMatchObject([{ since: start + 10.5 * minute, value: 12, until: null }]);
    expect(await stage.alarms(device)).toEqual(before);
    expect((await trials.run(device.id, leak)).lost).toEqual([]);
    await expect(trials.run(device.id, { ...leak, id: 'other' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(trials.run('no-device', leak)).rejects.toMatchObject({ code: 'not-found' });
  });
});
