// An alarm from the reading to its end: who is told what, and who may do what.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { noticeSchema } from '#codecs/api';
import type { Account } from '#domain/accounts';
import { alarmState } from '#domain/alarms';
import type { Device } from '#domain/devices';
import { noticeView, usualPreferences } from '#domain/notices';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { detector, minute, Stage, second, start } from './stage.contract.js';

export function alarmsWay(open: () => Promise<Stores>): void {
  let stores: Stores;
  let stage: Stage;
  let device: Device;
  let owner: Account;

  beforeAll(async () => {
    stores = await open();
  });

  afterAll(() => stores.close());

  beforeEach(async () => {
    stage = await Stage.open(stores);
    owner = stage.owner;
    device = await stage.boundDevice();
  });

  const onlyAlarm = async () => {
    const [alarm, ...others] = await stage.alarms(device);
    if (alarm === undefined || others.length > 0)
      throw new Error(`${others.length} alarms beside ${alarm?.id}`);
    return alarm;
  };

  /** Beside the silence that follows it. */
  const theLeak = async () => {
    const alarm = (await stage.alarms(device)).find(({ rule }) => rule === 'leak');
    if (alarm === undefined) throw new Error('nothing was raised');
    return alarm;
  };

  describe('a matter that is no alarm', () => {
    it("reaches the device's people once, however often it is told, and others when they are named", async () => {
      const { account: stranger } = await someone(stores);
      const matter = { deviceId: device.id, matter: 'reset-at-device', at: start, to: null } as const;
      await stage.intake.tellMatter({ ...matter, id: 'm1' });
      await stage.intake.tellMatter({ ...matter, id: 'm1' });
      const to = [{ accountId: stranger.id, endpoints: [], preferences: usualPreferences }];
      await stage.intake.tellMatter({ ...matter, matter: 'found', id: 'm2', to, said: 'Call me.' });
      expect(await stage.told(owner)).toEqual(['told 0']);
      expect(await stage.told(stranger)).toEqual(['told 0']);
      for (const notice of await stage.notices(stranger.id))
        expect(noticeSchema.parse(noticeView(notice))).toMatchObject({
          about: 'found',
          alarmId: null,
          deviceId: device.id,
        });
    });
  });

  describe('the test button', () => {
    it('raises one drill, marked as a test, that goes as far as class L does and ends by itself', async () => {
      await stage.event(device, 'test');
      await stage.event(device, 'test');
      const isDrill = ({ isDrill: is }: { isDrill: boolean }) => is;
      const drills = async () => (await stage.alarms(device)).filter(isDrill);
      expect(await drills()).toMatchObject([{ class: 'L', kind: 'gas', stage: 0 }]);
      const [notice] = await stage.notices(owner.id);
      expect(notice?.title).toEqual({ zh: 'Kitchen：【测试】燃气泄漏', en: 'Kitchen: TEST: Gas leak' });
      expect(notice?.body.en).toContain('Nothing has happened');
      await stage.wait(3 * minute);
      await stage.restart();
      expect(await drills()).toMatchObject([{ stage: 3, clearedAt: null }]);
      await stage.wait(7 * minute);
      expect(await drills()).toMatchObject([{ endReason: 'over', clearedAt: start + 10 * minute }]);
      await stage.event(device, 'test');
      expect(await drills()).toHaveLength(2);
    });

    it('of a device that nobody owns tells the operators', async () => {
      const { account: operator } = await someone(stores, 'Op', { role: 'operator' });
      const orphan = await stage.device();
      await stage.event(orphan, 'test');
      const told = (await stage.notices(operator.id)).filter(({ deviceId }) => deviceId === orphan.id);
      expect(told).toMatchObject([
        { title: { en: expect.stringContaining('(no resident): TEST: Gas leak') } },
      ]);
    });
  });

  describe('a leak', () => {
    it('raises one alarm, tells the owner at once, and goes on without another word', async () => {
      await stage.leak(device);
      await stage.gas(device, 30);
      expect(await onlyAlarm()).toMatchObject({
        rule: 'leak',
        class: 'L',
        epoch: 1,
        unit: '%LEL',
        value: 20,
      });
      expect(await stage.told(owner)).toEqual(['raised 0']);
      const [notice] = await stage.notices(owner.id);
      expect(stage.process.feed.heardBy(owner.id, 'notice')).toMatchObject([
        { id: notice?.id, step: 'raised' },
      ]);
    });

    it("raises by the detector's own bit in an event too", async () => {
      await stage.say(device, {
        kind: 'event',
        body: { boot: 2, seq: 1, event: 'alarm', bits: { 'gas.alarm': true } },
      });
      expect(await onlyAlarm()).toMatchObject({ rule: 'leak', class: 'L' });
    });

    it('is told again until somebody acknowledges, and that does not end it', async () => {
      const alarm = await stage.leak(device);
      for (let passed = 0; passed < 6; passed++) {
        await stage.gas(device, 20);
        await stage.wait(minute);
      }
      expect(await stage.told(owner)).toEqual(['raised 0', 'repeat 1', 'repeat 2', 'repeat 3']);
      const view = await stage.intake.acknowledge(alarm.id, owner);
      expect(view).toMatchObject({ state: 'acknowledged', acknowledgedBy: owner.name, clearedAt: null });
      await stage.intake.acknowledge(alarm.id, owner);
      await stage.keep(device, 20, 20 * minute);
      await stage.wait(0);
      expect(await stage.told(owner)).toEqual([
        'raised 0',
        'repeat 1',
        'repeat 2',
        'repeat 3',
        'acknowledged 0',
      ]);
      // As the pages read them.
      for (const notice of await stage.notices(owner.id))
        expect(noticeSchema.safeParse(noticeView(notice)).error).toBeUndefined();
    });

    it('reaches further while nobody acknowledges, through a restart, and each stage stands in its story', async () => {
      const alarm = await stage.leak(device);
      await stage.wait(30 * second);
      await stage.restart();
      await stage.wait(5 * minute);
      const { timeline, ...leak } = await theLeak();
      expect(timeline.slice(1)).toEqual([
        { at: start + 30 * second, what: 'escalated', by: null, stage: 1 },
        { at: start + 5 * minute + 30 * second, what: 'escalated', by: null, stage: 2 },
        { at: start + 5 * minute + 30 * second, what: 'escalated', by: null, stage: 3 },
      ]);
      expect(leak).toMatchObject({ id: alarm.id, stage: 3, escalateAt: null });
    });

    it('reaches no further once somebody has acknowledged, and the others read who it was', async () => {
      const alarm = await stage.leak(device);
      await stage.intake.acknowledge(alarm.id, owner);
      await stage.wait(5 * minute);
      expect(await theLeak()).toMatchObject({ stage: 0, escalateAt: null });
      const told = (await stage.notices(owner.id)).find(({ step }) => step === 'acknowledged');
      expect(told?.title.en).toContain(`${owner.name} sees to it`);
    });

    it('is not repeated while it is shelved, for ten minutes at most, and keeps what people remark', async () => {
      const alarm = await stage.leak(device);
      await expect(stage.intake.shelve(alarm.id, { minutes: 11 }, owner)).rejects.toMatchObject({
        code: 'invalid-request',
      });
      await stage.intake.shelve(alarm.id, { minutes: 10, why: 'airing' }, owner);
      const { timeline } = await stage.intake.comment(alarm.id, 'the valve is closed', owner);
      expect(timeline.slice(1)).toEqual([
        { at: start, what: 'shelved', by: owner.name, until: start + 10 * minute, text: 'airing' },
        { at: start, what: 'commented', by: owner.name, text: 'the valve is closed' },
      ]);
      await stage.restart();
      for (let passed = 0; passed < 10; passed++) {
        expect(await stage.told(owner)).toEqual(['raised 0']);
        await stage.gas(device, 20);
        await stage.wait(minute);
      }
      expect(await stage.told(owner)).toEqual(['raised 0', 'repeat 1']);
    });

    it('waits for a person when its cause is gone, and can only then be reset', async () => {
      const alarm = await stage.leak(device);
      await expect(stage.intake.reset(alarm.id, owner)).rejects.toMatchObject({ code: 'alarm-not-calm' });
      await stage.intake.acknowledge(alarm.id, owner);
      await stage.keep(device, 1, 6 * minute);
      expect(alarmState(await onlyAlarm())).toBe('latched');
      expect(await stage.intake.reset(alarm.id, owner)).toMatchObject({
        state: 'cleared',
        endReason: 'reset',
      });
      await expect(stage.intake.reset(alarm.id, owner)).rejects.toMatchObject({ code: 'alarm-over' });
      expect(await stage.told(owner)).toEqual(['raised 0', 'acknowledged 0', 'calm 0', 'cleared 0']);
    });

    it('that comes back before the reset is the same alarm, told again', async () => {
      await stage.leak(device);
      await stage.keep(device, 1, 6 * minute);
      await stage.leak(device);
      expect(await onlyAlarm()).toMatchObject({ occurrence: 1, calmAt: null });
      expect((await stage.told(owner)).filter(step => step.startsWith('raised'))).toEqual([
        'raised 0',
        'raised 1',
      ]);
    });

    it('after the reset is another alarm', async () => {
      const first = await stage.leak(device);
      await stage.keep(device, 1, 6 * minute);
      await stage.intake.reset(first.id, owner);
      await stage.leak(device);
      const occurrences = (await stage.alarms(device)).map(({ occurrence }) => occurrence);
      expect(occurrences.sort()).toEqual([1, 2]);
    });

    it('goes on over a restart as if there had been none', async () => {
      await stage.leak(device);
      await stage.restart();
      await stage.gas(device, 20);
      await stage.wait(minute);
      expect(await stage.told(owner)).toEqual(['raised 0', 'repeat 1']);
      await stage.restart();
      await stage.keep(device, 1, 3 * minute);
      await stage.restart();
      await stage.keep(device, 1, 3 * minute);
      expect(await onlyAlarm()).toMatchObject({ occurrence: 1 });
      expect(alarmState(await onlyAlarm())).toBe('latched');
    });
  });

  describe('time', () => {
    it('raises what was left open, and a restart forgets no due time', async () => {
      await stage.door(device, true);
      await stage.restart();
      await stage.gas(device, 1);
      await stage.wait(5 * minute - 1);
      expect((await stage.alarms(device)).filter(({ rule }) => rule === 'door')).toEqual([]);
      await stage.wait(1);
      expect((await stage.alarms(device)).map(({ rule }) => rule)).toContain('door');
    });

    it('notices that a device is silent, but counts nothing while the gateway itself was away', async () => {
      await stage.gas(device, 1);
      stage.clock.advance(60 * minute);
      await stage.restart();
      await stage.wait(0);
      await stage.wait(150 * second - 1);
      expect(await stage.alarms(device)).toEqual([]);
      await stage.wait(1);
      expect(await onlyAlarm()).toMatchObject({ rule: 'silent', class: 'T', severity: 'major' });
      await stage.gas(device, 1);
      expect(await onlyAlarm()).toMatchObject({ endReason: 'over' });
    });

    it('notices the silence of a device that never spoke after it was bound, over a restart too', async () => {
      await stage.restart();
      await stage.wait(150 * second);
      expect(await onlyAlarm()).toMatchObject({ rule: 'silent', epoch: 1 });
    });

    it('that changes nothing writes nothing', async () => {
      await stage.gas(device, 1);
      const before = stage.process.store.committed.length;
      for (let passed = 0; passed < 20; passed++) await stage.wait(second);
      expect(stage.process.store.committed).toHaveLength(before);
    });

    it('does not ask a device again and again once it is offline', async () => {
      await stage.gas(device, 1);
      await stage.wait(10 * minute);
      await stage.wait(second);
      const { batches } = stage.intake.counters;
      for (let passed = 0; passed < 20; passed++) await stage.wait(second);
      expect(stage.intake.counters.batches).toBe(batches);
    });

    it('ends a silence by any word of the device', async () => {
      await stage.gas(device, 1);
      await stage.wait(10 * minute);
      await stage.say(device, { kind: 'status', body: { online: false, boot: 1 } });
      expect(await onlyAlarm()).toMatchObject({ rule: 'silent', clearedAt: null });
      await stage.say(device, { kind: 'status', body: { online: true, boot: 1 } });
      expect(await onlyAlarm()).toMatchObject({ rule: 'silent', endReason: 'over' });
    });
  });

  it('follows the rules of its product from the moment that they change', async () => {
    await stage.gas(device, 4);
    const rules = detector.rules.map(rule => (rule.kind === 'gas' ? { ...rule, raiseAtLel: 3 } : rule));
    await stage.process.products.put(detector.id, { ...detector, rules }, stage.owner);
    await Promise.all([stage.gas(device, 4), stage.gas(device, 4)]);
    expect(await onlyAlarm()).toMatchObject({ rule: 'leak', value: 4 });
  });

  describe('the mode of the home', () => {
    it('arms and disarms its doors', async () => {
      await stage.door(device, false);
      const home = await stage.intake.changeMode(stage.home.id, 'away', owner);
      expect(home).toMatchObject({ mode: 'away', modeSince: start });
      await stage.wait(minute);
      await stage.door(device, true);
      await stage.wait(30 * second);
      expect(await onlyAlarm()).toMatchObject({ rule: 'thief', class: 'S' });
      await stage.door(device, false);
      expect(await onlyAlarm()).toMatchObject({ clearedAt: null });
      await stage.intake.changeMode(stage.home.id, 'home', owner);
      expect(await onlyAlarm()).toMatchObject({ endReason: 'disarmed' });
      expect(await stores.homes.byId(stage.home.id)).toMatchObject({ mode: 'home' });
    });

    it('holds over a restart', async () => {
      await stage.door(device, false);
      await stage.intake.changeMode(stage.home.id, 'night', owner);
      await stage.restart();
      await stage.wait(minute);
      await stage.door(device, true);
      await stage.wait(30 * second);
      expect(await onlyAlarm()).toMatchObject({ rule: 'thief' });
    });

    it("is no stranger's to change", async () => {
      const { account: stranger } = await someone(stores);
      await expect(stage.intake.changeMode(stage.home.id, 'away', stranger)).rejects.toMatchObject({
        code: 'not-found',
      });
    });
  });
}
