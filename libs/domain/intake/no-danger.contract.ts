// What people are told though nothing has happened: a drill, and a matter that is no alarm.
import { describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { noticeSchema } from '#codecs/api';
import { noticeView, usualPreferences } from '#domain/notices';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { device, owner, stage, stageADevice, stores } from './set-stage.fixture.js';
import { minute, start } from './stage.contract.js';

export function toldWithoutDanger(open: () => Promise<Stores>): void {
  stageADevice(open);

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
}
