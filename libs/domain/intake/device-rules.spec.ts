// Figures of one device's own: within their bounds, from the next sample on, over a restart, and in the log for a replay.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { Device } from '#domain/devices';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { DeviceRules } from './device-rules.js';
import { replayLog } from './replay.js';
import { detector, Stage, second, start } from './stage.contract.js';

describe('the figures of a device', () => {
  let stores: Stores;
  let stage: Stage;
  let device: Device;

  beforeAll(async () => {
    stores = await openTemporarySqlite();
  });

  afterAll(() => stores.close());

  beforeEach(async () => {
    stage = await Stage.open(stores);
    device = await stage.boundDevice();
  });

  const rules = () => {
    const { intake, products, accounts } = stores;
    return new DeviceRules(stage.intake, intake, products, accounts, stage.clock);
  };
  const raised = async (of = device) => (await stage.alarms(of)).map(({ rule, value }) => [rule, value]);

  it('hold for it alone, from the next sample on and over a restart, with who changed them and when', async () => {
    const other = await stage.boundDevice();
    const view = await rules().change(device.id, 'leak', { raiseAtLel: 6 }, stage.owner);
    expect(view).toMatchObject({ changedAt: start, changedBy: stage.owner.name });
    expect(view.rules[0]).toMatchObject({ rule: { raiseAtLel: 6 }, own: { raiseAtLel: 6 } });
    await stage.restart();
    for (const each of [device, other]) await Promise.all([stage.gas(each, 7), stage.gas(each, 7)]);
    expect(await raised()).toEqual([['leak', 7]]);
    expect(await raised(other)).toEqual([]);
  });

  it('may be given back, and then are as the product has them', async () => {
    await rules().change(device.id, 'leak', { raiseAtLel: 6, clearAfterS: 60 }, stage.owner);
    const { rules: after } = await rules().change(device.id, 'leak', { raiseAtLel: null }, stage.owner);
    expect(after[0]).toMatchObject({ rule: { raiseAtLel: 10 }, own: { clearAfterS: 60 } });
  });

  it.each([
    ['outside its bounds', 'leak', { raiseAtLel: 2 }, 'invalid-request'],
    ['outside the window of its region', 'leak', { raiseAtLel: 22 }, 'invalid-request'],
    ['of no rule', 'nothing', { raiseAtLel: 8 }, 'not-found'],
  ])('are refused %s', async (_, rule, figures, code) => {
    await expect(rules().change(device.id, rule, figures, stage.owner)).rejects.toMatchObject({ code });
  });

  it('stand in the log, so that it is decided again by the rules of then', async () => {
    await Promise.all([stage.gas(device, 7), stage.gas(device, 7)]);
    stage.clock.advance(second);
    await rules().change(device.id, 'leak', { raiseAtLel: 6 }, stage.owner);
    stage.clock.advance(second);
    await Promise.all([stage.gas(device, 7), stage.gas(device, 7)]);
    const logged = stage.process.store.committed.flatMap(({ inputs }) => inputs);
    const rows = logged.filter(({ deviceId, epoch }) => deviceId === device.id && epoch === 1);
    expect(rows.find(({ kind }) => kind === 'rules')?.body).toMatchObject({
      figures: { changedBy: stage.owner.id, changedAt: start + second },
    });
    const file = await stage.intake.file(device.id);
    if (file === null) throw new Error('there is no such device');
    const [blank] = (await stores.intake.load([device.id])).map(each => ({
      ...each,
      product: { ...detector },
      state: { ...each.state, values: {}, bits: {}, latestAt: null },
      rules: new Map(),
      openAlarms: [],
    }));
    if (blank === undefined) throw new Error('there is no such device');
    const again = replayLog(blank, JSON.parse(JSON.stringify(rows)), start);
    expect(again).toEqual(await stage.alarms(device));
    expect(again).toHaveLength(1);
    // By the product's rules alone there would have been none.
    const without = rows.filter(({ kind }) => kind !== 'rules');
    expect(replayLog(blank, without, start)).toEqual([]);
  });
});
