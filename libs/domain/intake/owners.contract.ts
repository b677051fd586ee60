// What a change of owner does to a device's alarms and to those who are told of them, and what is done at the device itself.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { Actor } from '#domain/accounts';
import { remainsOf } from '#domain/devices';
import { endpointOf, granted, grantOn, someone } from '../../adapters/storage/contracts/samples.contract.js';
import { BusyChannels } from './recorders.fixture.js';
import { device, onlyAlarm, owner, stage, stageADevice, stores } from './set-stage.fixture.js';
import { start, windowMs } from './stage.contract.js';

export function changesOfOwner(open: () => Promise<Stores>): void {
  stageADevice(open);

  describe('an action at the device', () => {
    it('opens the window of a device without owner, and tells who looks at its page', async () => {
      const fresh = await stage.device();
      const { bindings, tickets, feed } = stage.process;
      await bindings.look(tickets.of(fresh).url, owner);
      await stage.event(fresh, 'button');
      const until = start + windowMs;
      expect(await stores.bindings.byDevice(fresh.id)).toMatchObject({
        state: 'claimable',
        windowUntil: until,
      });
      expect(feed.heardBy(owner.id, 'window')).toContainEqual({ deviceId: fresh.id, until });
    });

    it('changes nothing of whose a bound device is', async () => {
      const before = await stores.bindings.byDevice(device.id);
      await stage.event(device, 'button');
      const { state, ownerId, homeId, epoch } = before ?? {};
      expect(await stores.bindings.byDevice(device.id)).toMatchObject({ state, ownerId, homeId, epoch });
    });

    it('that resets it releases it, ends its alarms and tells the old owner', async () => {
      await stage.leak(device);
      const { link, feed } = stage.process;
      await Promise.all([stage.event(device, 'reset'), stage.gas(device, 20), stage.gas(device, 20)]);
      expect(await stores.bindings.byDevice(device.id)).toMatchObject({ state: 'released', epoch: 2 });
      const alarms = await stage.alarms(device);
      expect(alarms.find(({ epoch }) => epoch === 1)).toMatchObject({ endReason: 'ownership-changed' });
      expect(await stage.told(owner)).toEqual(['raised 0', 'cleared 0', 'told 0']);
      const titles = (await stage.notices(owner.id)).map(({ title }) => title.en);
      expect(titles.every(title => title.startsWith('Kitchen: '))).toBe(true);
      expect(link.forgotten.at(-1)).toEqual(remainsOf(device));
      expect(link.told.at(-1)).toMatchObject({
        deviceId: device.id,
        message: { kind: 'binding', body: { state: 'unbound', epoch: 2 } },
      });
      expect(feed.heardBy(owner.id, 'devices').length).toBeGreaterThan(0);
      // The gas did not end with the ownership: what came after the reset raised in the new epoch.
      expect(alarms.find(({ epoch }) => epoch === 2)).toMatchObject({ clearedAt: null, rule: 'leak' });
    });
  });

  describe('a change of owner', () => {
    let next: Actor;

    beforeEach(async () => {
      next = (await someone(stores, 'Bo')).account;
    });

    it('by release ends the alarms and tells the one who was told', async () => {
      const alarm = await stage.leak(device);
      await stage.process.bindings.release(device.id, owner);
      expect(await onlyAlarm()).toMatchObject({ endReason: 'ownership-changed', calmAt: null });
      expect(await stage.told(owner)).toEqual(['raised 0', 'cleared 0']);
      await expect(stage.intake.acknowledge(alarm.id, owner)).rejects.toMatchObject({ code: 'not-found' });
      expect(stage.process.feed.heardBy(owner.id, 'devices').length).toBeGreaterThan(0);
    });

    it('gives the new owner what is raised from then on, and the old one nothing', async () => {
      await stage.process.bindings.release(device.id, owner);
      await stage.bind(device, next);
      await stage.leak(device);
      expect(await stage.told(next)).toEqual(['raised 0']);
      expect(await stage.told(owner)).toEqual([]);
      expect(await onlyAlarm()).toMatchObject({ epoch: 3, occurrence: 1 });
    });

    it('keeps what the device is, and nothing of what it measured', async () => {
      const info = {
        boot: 1,
        firmware: '1.2.3',
        power: 'battery' as const,
        intervalS: 300,
        capabilities: ['gas.lel'],
        epoch: 1,
      };
      await stage.say(device, { kind: 'info', body: info });
      await stage.gas(device, 3);
      await stage.process.bindings.release(device.id, owner);
      await stage.bind(device, next);
      await stage.restart();
      const file = await stage.intake.file(device.id);
      expect(file?.state).toMatchObject({ epoch: 3, info, values: {}, latestAt: null, lastHeardAt: start });
    });

    it('tells the next owner too that what was open is over, each under their own name for the device', async () => {
      const alarm = await stage.leak(device);
      const { transfers } = stage.process.room;
      const { token } = await transfers.offer(device.id, owner);
      await transfers.accept(next, token, 'Cellar');
      expect(await onlyAlarm()).toMatchObject({ id: alarm.id, endReason: 'ownership-changed' });
      const titles = async (of: Actor) => (await stage.notices(of.id)).map(({ title }) => title.en);
      expect(await stage.told(owner)).toEqual(['raised 0', 'cleared 0', 'told 0']);
      expect((await titles(owner)).every(title => title.startsWith('Kitchen: '))).toBe(true);
      expect(await stage.told(next)).toEqual(['cleared 0']);
      expect((await titles(next)).every(title => title.startsWith('Cellar: '))).toBe(true);
    });

    it('tells members of the next home of what goes on, and not of the end of what they were never told', async () => {
      const [home] = await stores.homes.ofAccount(next.id);
      const mei = (await someone(stores, 'Mei')).account;
      const onHome = { subjectKind: 'home', epoch: 0, capabilities: ['alerts'] } as const;
      await granted(stores, grantOn(home?.id ?? '', mei.id, onHome));
      await stage.leak(device);
      const { token } = await stage.process.room.transfers.offer(device.id, owner);
      await stage.process.room.transfers.accept(next, token, 'Cellar');
      expect(await stage.told(next)).toEqual(['cleared 0']);
      expect(await stage.told(mei)).toEqual([]);
      await stage.leak(device);
      expect(await stage.told(mei)).toEqual(['raised 0']);
    });

    it('is missed when it falls silent at once, though the gateway restarts', async () => {
      await stage.process.bindings.release(device.id, owner);
      await stage.bind(device, next);
      await stage.restart();
      // A restart listens anew.
      await stage.wait(windowMs * 10);
      expect(await stage.told(next)).toEqual(['raised 0']);
      expect(await stage.told(owner)).toEqual([]);
    });

    it('cancels what is on its way to whom the owner had let in, and tells the owner to the end', async () => {
      const mei = (await someone(stores, 'Mei')).account;
      await granted(stores, grantOn(device.id, mei.id, { capabilities: ['view', 'alerts'] }));
      for (const { id } of [owner, mei]) await stores.endpoints.insert(endpointOf(id));
      await stage.restart(new BusyChannels());
      const { id } = await stage.leak(device);
      await stage.process.bindings.release(device.id, owner);
      const states = async (of: Actor) => (await stores.outbox.ofAlarm(of.id, id)).map(({ state }) => state);
      expect(await states(mei)).toEqual(['cancelled']);
      expect(await states(owner)).toEqual(['due', 'due']);
      expect(await stage.told(mei)).toEqual(['raised 0', 'cleared 0']);
    });

    it('is answered for each of two at the same time as if one had come after the other', async () => {
      const { bindings, room } = stage.process;
      const { token } = await room.transfers.offer(device.id, owner);
      const [given, taken, again] = await Promise.allSettled([
        bindings.release(device.id, owner),
        room.transfers.accept(next, token),
        bindings.release(device.id, owner),
      ]);
      expect([given.status, taken.status, again.status]).toEqual(['fulfilled', 'rejected', 'rejected']);
      expect(taken).toMatchObject({ reason: { code: 'link-spent' } });
      expect(again).toMatchObject({ reason: { code: 'not-found' } });
      expect(await stores.bindings.byDevice(device.id)).toMatchObject({ epoch: 2, state: 'released' });
    });
  });

  describe('a device without an owner', () => {
    it('tells the operators of its alarms, and that they end when somebody binds it', async () => {
      const { account: operator } = await someone(stores, 'Op', { role: 'operator' });
      const fresh = await stage.device();
      await stage.leak(fresh);
      expect(await stage.told(operator)).toEqual(['raised 0']);
      expect(await stage.told(owner)).toEqual([]);
      await stage.bind(fresh);
      expect(await stage.told(operator)).toEqual(['raised 0', 'cleared 0']);
      // The operator reads no name that the new owner has given.
      const titles = (await stage.notices(operator.id)).map(({ title }) => title.en);
      expect(titles.every(title => title.includes(fresh.serial))).toBe(true);
      expect(await stage.alarms(fresh)).toMatchObject([{ epoch: 0, endReason: 'ownership-changed' }]);
    });
  });
}
