// What every AlarmStore promises.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import type { Alarm } from '#domain/alarms';
import type { Stores } from '../index.js';
import { alarmOf, batchOf, bind, noon, oneDevice, someone } from './samples.contract.js';

export function alarmStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`AlarmStore on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('gives an alarm back as it was committed, and its later form after that', async () => {
      const alarm = alarmOf((await oneDevice(stores)).id);
      await stored(alarm);
      expect(await stores.alarms.byId(alarm.id)).toEqual(alarm);
      const over = ended(alarm, noon + 9);
      await stored(over);
      expect(await stores.alarms.byId(alarm.id)).toEqual(over);
      expect(await stores.alarms.byId(newId())).toBeNull();
    });

    it('lists open alarms first and then the newest, of one device and epoch', async () => {
      const { id } = await oneDevice(stores);
      const oldOpen = alarmOf(id, { raisedAt: noon });
      const newOpen = alarmOf(id, { raisedAt: noon + 1 });
      const oldOver = ended(alarmOf(id, { raisedAt: noon + 2 }));
      const newOver = ended(alarmOf(id, { raisedAt: noon + 3 }));
      await stored(newOver, oldOpen, oldOver, newOpen, alarmOf(id, { epoch: 1 }));
      const ids = async (limit: number) =>
        (await stores.alarms.ofDevice(id, 0, limit)).map(alarm => alarm.id);
      expect(await ids(10)).toEqual([newOpen.id, oldOpen.id, newOver.id, oldOver.id]);
      expect(await ids(3)).toEqual([newOpen.id, oldOpen.id, newOver.id]);
      expect(await ids(1)).toEqual([newOpen.id]);
    });

    it('shows an owner the alarms of the present epoch of the devices that are theirs now', async () => {
      const device = await oneDevice(stores);
      const { account: first, home } = await someone(stores);
      const { account: second, home: nextHome } = await someone(stores);
      await bind(stores, device.id, first, home);
      const mine = alarmOf(device.id, { epoch: 1 });
      await stored(mine, alarmOf(device.id, { epoch: 0 }), alarmOf(newId(), { epoch: 1 }));
      expect(await stores.alarms.ofPerson(first.id, [], 10)).toEqual([mine]);
      expect(await stores.alarms.ofPerson(second.id, [], 10)).toEqual([]);

      await bind(stores, device.id, second, nextHome);
      expect(await stores.alarms.ofPerson(first.id, [], 10)).toEqual([]);
      expect(await stores.alarms.ofPerson(second.id, [], 10)).toEqual([]);
      const theirs = alarmOf(device.id, { epoch: 2 });
      await stored(theirs);
      expect(await stores.alarms.ofPerson(second.id, [], 10)).toEqual([theirs]);
    });

    it('lists the alarms of all devices, open ones first', async () => {
      const later = noon * 2;
      const open = alarmOf(newId(), { raisedAt: later });
      const over = ended(alarmOf(newId(), { raisedAt: later + 1 }));
      await stored(over, open);
      const all = await stores.alarms.latest(1000);
      expect(all[0]).toEqual(open);
      expect(all.find(alarm => alarm.clearedAt !== null)).toEqual(over);
      expect(await stores.alarms.latest(1)).toEqual([open]);
    });

    async function stored(...alarms: Alarm[]): Promise<void> {
      await stores.intake.commit(batchOf({ alarms }));
    }
  });
}

function ended(alarm: Alarm, clearedAt = noon + 100): Alarm {
  return {
    ...alarm,
    value: null,
    acknowledgedAt: noon + 4,
    acknowledgedBy: 'somebody',
    calmAt: noon + 5,
    clearedAt,
    endReason: 'reset',
    repeatAt: null,
    repeats: 3,
    timeline: [...alarm.timeline, { at: clearedAt, what: 'cleared', by: 'somebody' }],
  };
}
