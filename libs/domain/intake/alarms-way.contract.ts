// An alarm from the reading to its end: who is told what, and who may do what.
import { describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { mostRemarks, noticeSchema } from '#codecs/api';
import { alarmState } from '#domain/alarms';
import { noticeView } from '#domain/notices';
import { device, onlyAlarm, owner, stage, stageADevice } from './set-stage.fixture.js';
import { minute, second, start } from './stage.contract.js';

export function alarmsWay(open: () => Promise<Stores>): void {
  stageADevice(open);

  /** Beside the silence that follows it. */
  const theLeak = async () => {
    const alarm = (await stage.alarms(device)).find(({ rule }) => rule === 'leak');
    if (alarm === undefined) throw new Error('nothing was raised');
    return alarm;
  };

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

    it('takes so many remarks and shelves, and then none, and is acknowledged all the same', async () => {
      const alarm = await stage.leak(device);
      for (let said = 1; said < mostRemarks; said++) await stage.intake.comment(alarm.id, `${said}`, owner);
      await stage.intake.shelve(alarm.id, { minutes: 1 }, owner);
      const full = { code: 'remarks-full' };
      await expect(stage.intake.comment(alarm.id, 'one more', owner)).rejects.toMatchObject(full);
      await expect(stage.intake.shelve(alarm.id, { minutes: 1 }, owner)).rejects.toMatchObject(full);
      const { timeline } = await stage.intake.acknowledge(alarm.id, owner);
      expect(timeline).toHaveLength(1 + mostRemarks + 1);
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
}
