// Figures that change, one device's own or its product's: within their bounds, over a restart, and known for a replay.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { Device } from '#domain/devices';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { DeviceRules } from './device-rules.js';
import type { DeviceFile, InputRow } from './intake.store.js';
import { replayLog } from './replay.js';
import { RuleHistory } from './rule-history.js';
import { detector, Stage, second, start } from './stage.contract.js';

describe('the figures of a device', () => {
  let stores: Stores;
  let stage: Stage;
  let device: Device;

  beforeEach(async () => {
    stores = await openTemporarySqlite();
    stage = await Stage.open(stores);
    device = await stage.boundDevice();
  });

  afterEach(() => stores.close());

  const rules = () => {
    const { intake, products, accounts } = stores;
    return new DeviceRules(stage.intake, new RuleHistory(products, intake), accounts, stage.clock);
  };
  const putRaiseAt = (raiseAtLel: number) => {
    const changed = detector.rules.map(rule => (rule.kind === 'gas' ? { ...rule, raiseAtLel } : rule));
    return stage.process.products.put(detector.id, { ...detector, rules: changed }, stage.owner);
  };
  /** All that was decided about the device since it was bound, as it comes back from a store. */
  const log = (): InputRow[] => {
    const logged = stage.process.store.committed.flatMap(({ inputs }) => inputs);
    const rows = logged.filter(({ deviceId, epoch }) => deviceId === device.id && epoch === 1);
    return JSON.parse(JSON.stringify(rows));
  };
  const blank = async (): Promise<DeviceFile> => {
    const [file] = await stores.intake.load([device.id]);
    if (file === undefined) throw new Error('there is no such device');
    const state = { ...file.state, values: {}, bits: {}, latestAt: null };
    return { ...file, product: detector, state, rules: [], openAlarms: [] };
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
    const rows = log();
    expect(rows.find(({ kind }) => kind === 'rules')?.body).toMatchObject({
      figures: { changedBy: stage.owner.id, changedAt: start + second },
    });
    const again = replayLog(await blank(), rows, start);
    expect(again).toEqual(await stage.alarms(device));
    expect(again).toHaveLength(1);
    // By the product's rules alone there would have been none.
    const without = rows.filter(({ kind }) => kind !== 'rules');
    expect(replayLog(await blank(), without, start)).toEqual([]);
  });

  it('may change for a whole product, which is written once, and decided again by what it was then', async () => {
    const twice = () => Promise.all([stage.gas(device, 7), stage.gas(device, 7)]);
    await twice();
    stage.clock.advance(second);
    await putRaiseAt(6);
    const view = await rules().view(device.id);
    expect(view).toMatchObject({
      changedAt: start + second,
      changedBy: stage.owner.name,
      changed: 'product',
    });
    await twice();
    stage.clock.advance(second);
    await putRaiseAt(12);
    const changes = await stores.products.changes(detector.id);
    const again = replayLog(await blank(), log(), start, changes);
    expect(again).toEqual(await stage.alarms(device));
    expect(again).toMatchObject([{ rule: 'leak', raisedAt: start + second }]);
    // By the rules of today, or of the beginning, there would have been none.
    expect(replayLog(await blank(), log(), start, changes.slice(-1))).toEqual([]);
    expect(replayLog(await blank(), log(), start, changes.slice(0, 1))).toEqual([]);
  });

  it("stand over its product's after that has changed, and the last change of either is shown", async () => {
    await rules().change(device.id, 'leak', { raiseAtLel: 6 }, stage.owner);
    stage.clock.advance(second);
    await putRaiseAt(12);
    const { rules: now, ...last } = await rules().view(device.id);
    expect(last).toEqual({ changedAt: start + second, changedBy: stage.owner.name, changed: 'product' });
    expect(now[0]).toMatchObject({ rule: { raiseAtLel: 6 }, own: { raiseAtLel: 6 } });
    await Promise.all([stage.gas(device, 7), stage.gas(device, 7)]);
    expect(await raised()).toEqual([['leak', 7]]);
  });
});
