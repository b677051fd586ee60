// What a move into another home does to what is open and on its way: who is told of it, who is not any more, and a crash.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { Account, Actor } from '#domain/accounts';
import type { Home } from '#domain/homes';
import {
  contactOf,
  endpointOf,
  granted,
  grantOn,
  someone,
} from '../../adapters/storage/contracts/samples.contract.js';
import { crash } from './crashes.fixture.js';
import { BusyChannels } from './recorders.fixture.js';
import { device, onlyAlarm, owner, stage, stageADevice, stores } from './set-stage.fixture.js';
import { minute, start } from './stage.contract.js';

export function movesBetweenHomes(open: () => Promise<Stores>): void {
  let cottage: Home;
  /** Members of the home that it leaves, of the one into which it comes, and of both. */
  let mei: Actor;
  let bo: Actor;
  let kai: Actor;

  stageADevice(open);

  beforeEach(async () => {
    [{ account: mei }, { account: bo }, { account: kai }] = await Promise.all([
      someone(stores, 'Mei'),
      someone(stores, 'Bo'),
      someone(stores, 'Kai'),
    ]);
    cottage = await stage.process.places.makeHome(owner, { name: 'Cottage', timeZone: 'UTC' });
    for (const [home, member] of [
      [stage.home, mei],
      [stage.home, kai],
      [cottage, bo],
      [cottage, kai],
    ] as const)
      await granted(
        stores,
        grantOn(home.id, member.id, { subjectKind: 'home', epoch: 0, capabilities: ['view', 'alerts'] }),
      );
    for (const { id } of [owner, mei, bo, kai]) await stores.endpoints.insert(endpointOf(id));
    await stage.restart(new BusyChannels());
  });

  const move = (home = cottage, roomId: string | null = null) =>
    stage.process.places.put(device.id, owner, home.id, roomId);

  const statesOf = async ({ id }: Account, alarmId: string) =>
    (await stores.outbox.ofAlarm(id, alarmId)).map(({ state }) => state).sort();

  /** @returns the id of the contact's endpoint */
  async function contactIn(home: Home): Promise<string> {
    const contact = contactOf(home.id);
    const endpoint = endpointOf(null, { contactId: contact.id });
    await stores.contacts.insert(contact, endpoint);
    return endpoint.id;
  }

  describe('an alarm that is open', () => {
    it('is told to those of the new home, and to nobody who was told of it', async () => {
      const { id } = await stage.leak(device);
      await move();
      expect(await onlyAlarm()).toMatchObject({ id, clearedAt: null, epoch: 1 });
      expect(await stage.told(bo)).toEqual(['raised 1']);
      expect(await statesOf(bo, id)).toEqual(['due']);
      expect(await stage.told(owner)).toEqual(['raised 0']);
      expect(await stage.told(kai)).toEqual(['raised 0']);
      expect(await statesOf(kai, id)).toEqual(['due']);
    });

    it('is on its way no more to those of the former home, who hear no more of it', async () => {
      const { id } = await stage.leak(device);
      await move();
      expect(await statesOf(mei, id)).toEqual(['cancelled']);
      await stage.wait(minute);
      expect(await stage.told(mei)).toEqual(['raised 0']);
      expect(await stage.told(bo)).toEqual(['raised 1', 'repeat 1']);
    });

    it('is told again to those whom it left and to whom it comes back', async () => {
      const { id } = await stage.leak(device);
      await move();
      await move(stage.home);
      expect(await stage.told(mei)).toEqual(['raised 0', 'raised 2']);
      expect(await statesOf(mei, id)).toEqual(['cancelled', 'due']);
      expect(await statesOf(bo, id)).toEqual(['cancelled']);
    });

    it('reaches the contacts of the new home, and those of the former one no more', async () => {
      const [former, next] = [await contactIn(stage.home), await contactIn(cottage)];
      await stage.restart(new BusyChannels());
      const { id } = await stage.leak(device);
      const contacts = async () =>
        (await stores.outbox.ofAlarm(owner.id, id)).flatMap(({ endpointId, state }) =>
          endpointId === former ? [`former ${state}`] : endpointId === next ? [`next ${state}`] : [],
        );
      expect(await contacts()).toEqual(['former held']);
      await move();
      expect((await contacts()).sort()).toEqual(['former cancelled', 'next held']);
      await stage.wait(2 * minute);
      expect((await contacts()).sort()).toEqual(['former cancelled', 'next due', 'next due']);
    });

    it('is told to those of the new home and to no contact when somebody sees to it', async () => {
      const next = await contactIn(cottage);
      const { id } = await stage.leak(device);
      await stage.intake.acknowledge(id, owner);
      await move();
      expect(await stage.told(bo)).toEqual(['raised 1']);
      expect(await stage.told(owner)).toEqual(['raised 0', 'acknowledged 0']);
      const reached = await stores.outbox.ofAlarm(owner.id, id);
      expect(reached.map(({ endpointId }) => endpointId)).not.toContain(next);
    });

    it('is told to nobody when it only waits to be reset', async () => {
      await stage.leak(device);
      await stage.keep(device, 0, 6 * minute);
      expect(await onlyAlarm()).toMatchObject({ calmAt: expect.any(Number), clearedAt: null });
      await move();
      expect(await stage.told(bo)).toEqual([]);
    });

    it('says in its story who moved it, and when', async () => {
      await stage.leak(device);
      await move();
      const { timeline } = await onlyAlarm();
      expect(timeline.at(-1)).toEqual({ at: start, what: 'moved', by: owner.id });
    });
  });

  it('leaves what a member of the device itself was about to get on its way', async () => {
    const lu = (await someone(stores, 'Lu')).account;
    await granted(stores, grantOn(device.id, lu.id, { capabilities: ['alerts'] }));
    await stores.endpoints.insert(endpointOf(lu.id));
    await stage.restart(new BusyChannels());
    const { id } = await stage.leak(device);
    await move();
    expect(await statesOf(lu, id)).toEqual(['due']);
    expect(await stage.told(lu)).toEqual(['raised 0']);
  });

  it('brings the device into its room in the same moment', async () => {
    const [attic] = await stage.process.places.putRooms(cottage, [{ name: 'Attic' }]);
    await move(cottage, attic?.id ?? '');
    const moves = stage.process.store.committed.filter(({ bindings }) => bindings.length > 0);
    expect(moves).toMatchObject([{ placed: [{ deviceId: device.id, roomId: attic?.id }] }]);
    expect(await stage.intake.file(device.id)).toMatchObject({ home: cottage, roomId: attic?.id });
  });

  it.each(['before', 'after'] as const)(
    'leaves of a move all or nothing, when the process dies right %s its commit',
    async when => {
      const { places } = stage.process;
      const [kitchen] = await places.putRooms(stage.home, [{ name: 'Kitchen' }]);
      const [attic] = await places.putRooms(cottage, [{ name: 'Attic' }]);
      await move(stage.home, kitchen?.id ?? '');
      const { id } = await stage.leak(device);
      await crash(() => move(cottage, attic?.id ?? ''), when);
      const isDone = when === 'after';
      expect(await stage.intake.file(device.id)).toMatchObject({
        home: isDone ? cottage : stage.home,
        roomId: isDone ? attic?.id : kitchen?.id,
      });
      expect(await statesOf(mei, id)).toEqual([isDone ? 'cancelled' : 'due']);
      expect(await stage.told(bo)).toEqual(isDone ? ['raised 1'] : []);
    },
  );
}
