// "Why is there no alarm at all?", asked of an intake on a real store.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { deviceWhySchema, type RuleStanding, ruleSchema } from '#codecs/api';
import type { Device } from '#domain/devices';
import { granted, grantOn, someone } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { Absences } from './absences.js';
import { DeviceWhy } from './device-why.js';
import { FileRoom } from './file-room.js';
import { detector, minute, Stage, second, start } from './stage.contract.js';

const withCo = {
  ...detector,
  id: 'co-detector',
  rules: [...detector.rules, ruleSchema.parse({ id: 'co', kind: 'co', reading: 'co.ppm' })],
  readings: [...detector.readings, { ...detector.readings[0], name: 'co.ppm', unit: 'ppm', max: 1000 }],
} as typeof detector;

describe('why there is no alarm', () => {
  let stores: Stores;
  let stage: Stage;
  let device: Device;

  beforeEach(async () => {
    stores = await openTemporarySqlite();
    stage = await Stage.open(stores);
    await stores.products.put(withCo);
    device = await stage.device(withCo);
    await stage.bind(device);
  });

  afterEach(() => stores.close());

  const why = async (by = stage.owner) => {
    const { views, listening } = stage.process;
    const { accounts, contacts, absences } = stores;
    const { clock } = stage;
    const files = new FileRoom(stores.intake);
    const all = new DeviceWhy(
      files,
      views,
      accounts,
      contacts,
      new Absences(absences, clock),
      listening,
      clock,
    );
    return deviceWhySchema.parse(await all.about(device.id, by));
  };
  const rule = async (id: string) => (await why()).rules.find(each => each.rule.id === id);
  const stands = async (id: string): Promise<RuleStanding | undefined> => (await rule(id))?.stands;
  let seq = 100;
  const say = (values: Record<string, number>, bits: Record<string, boolean> = {}) =>
    stage.say(device, { kind: 'telemetry', body: { boot: 1, seq: ++seq, values, bits } });

  it('is how far each rule has come, with its figures and the last value', async () => {
    await say({ 'gas.lel': 4, 'co.ppm': 100 }, { 'door.open': true });
    stage.clock.advance(minute);
    await say({ 'gas.lel': 4, 'co.ppm': 100 }, { 'door.open': true });
    expect(await rule('leak')).toMatchObject({ stands: 'calm', value: 4, rule: { raiseAtLel: 10 } });
    expect(await rule('thief')).toMatchObject({ stands: 'disarmed', value: true });
    expect(await rule('door')).toMatchObject({ stands: 'pending', dueAt: start + 5 * minute });
    const co = await rule('co');
    expect(co).toMatchObject({ stands: 'calm', value: 100 });
    // One of the 25 minutes that 100 ppm takes.
    expect(co?.dose).toBeCloseTo(1 / 25, 6);
    expect(await rule('silent')).toMatchObject({ stands: 'calm', dueAt: start + minute + 150 * second });
  });

  it('is that a sample is still to be confirmed, and then it is none any more', async () => {
    await say({ 'gas.lel': 20 });
    expect(await rule('leak')).toMatchObject({ stands: 'pending', alarm: null });
    await say({ 'gas.lel': 20 });
    expect(await rule('leak')).toMatchObject({ stands: 'raised', alarm: { raisedAt: start } });
  });

  it('is that nothing was said, or nothing for too long', async () => {
    expect(await stands('leak')).toBe('unseen');
    await say({ 'gas.lel': 4 });
    stage.clock.advance(2 * minute + second);
    expect(await stands('leak')).toBe('blind');
    expect(await why()).toMatchObject({ lastHeardAt: start, blindAt: start + 2 * minute });
  });

  it('changes nothing by being asked', async () => {
    await say({ 'gas.lel': 20 });
    const before = await stores.intake.load([device.id]);
    stage.clock.advance(minute);
    await why();
    expect(await stores.intake.load([device.id])).toEqual(before);
    expect(await stage.alarms(device)).toEqual([]);
  });

  it('tells who would be told: the channels to the owner, and to a member no more than names', async () => {
    expect((await why()).people).toEqual([
      { name: stage.owner.name, isContact: false, waitsUntil: null, channels: [] },
    ]);
    const { account: guest } = await someone(stores);
    await expect(why(guest)).rejects.toMatchObject({ code: 'not-found' });
    const terms = { epoch: 1, capabilities: ['view', 'alerts'], since: start } as const;
    await granted(stores, grantOn(device.id, guest.id, terms));
    const seen = (await why(guest)).people.map(({ name, channels }) => [name, channels]);
    expect(seen).toContainEqual([stage.owner.name, null]);
    expect(seen).toContainEqual([guest.name, []]);
  });
});
