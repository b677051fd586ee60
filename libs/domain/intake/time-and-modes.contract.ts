// What raises and ends an alarm though the device says nothing of it: time that passes, a mode, and rules that change.
import { describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { device, onlyAlarm, owner, stage, stageADevice, stores } from './set-stage.fixture.js';
import { detector, minute, second, start } from './stage.contract.js';

export function timeAndModes(open: () => Promise<Stores>): void {
  stageADevice(open);

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
