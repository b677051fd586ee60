// A crash in the middle of what a person does to a binding: all of it is there afterwards, with its notice, or nothing.
import { beforeEach, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { Account, Actor } from '#domain/accounts';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { crash } from './crashes.fixture.js';
import { device, onlyAlarm, owner, stage, stageADevice, stores } from './set-stage.fixture.js';

export function crashesOfAChange(open: () => Promise<Stores>): void {
  let operator: Actor;
  let finder: Actor;

  stageADevice(open);

  /** Its owner has been asked to let somebody have it, and its alarm is open. */
  beforeEach(async () => {
    operator = (await someone(stores, 'Op', { role: 'operator' })).account;
    finder = (await someone(stores, 'Bo')).account;
    const { room, tickets } = stage.process;
    await stage.event(device, 'button');
    await room.recoveries.ask(tickets.of(device).url, finder, { by: 'button' }, '192.0.2.1');
    await stage.leak(device);
  });

  const deeds: Record<string, { do: () => Promise<unknown>; told: () => Account; about: string }> = {
    'a forced release': {
      do: () => stage.process.room.interventions.forceRelease(device.id, operator, 'Returned'),
      told: () => owner,
      about: 'force-released',
    },
    'a message of who found it': {
      do: () => {
        const { room, tickets } = stage.process;
        return room.safekeeping.found(tickets.of(device).url, finder, 'Call me');
      },
      told: () => owner,
      about: 'found',
    },
    'a veto': {
      do: () => stage.process.room.recoveries.veto(device.id, owner),
      told: () => finder,
      about: 'recovery-vetoed',
    },
  };

  const stored = () => stores.bindings.byDevice(device.id);
  const toldOf = async ({ id }: Account, about: string) =>
    (await stage.notices(id)).filter(notice => notice.about === about);

  it.each(Object.keys(deeds))('leaves of %s all with its notice, or nothing', async name => {
    const deed = deeds[name];
    if (deed === undefined) throw new Error('no such deed');
    const before = await stored();
    await crash(deed.do, 'before');
    expect(await stored()).toEqual(before);
    expect(await toldOf(deed.told(), deed.about)).toEqual([]);
    await crash(deed.do, 'after');
    expect(await stored()).toMatchObject({ version: (before?.version ?? 0) + 1 });
    expect(await toldOf(deed.told(), deed.about)).toHaveLength(1);
  });

  it('leaves no alarm of the former owner open', async () => {
    await crash(() => stage.process.bindings.release(device.id, owner), 'after');
    expect(await onlyAlarm()).toMatchObject({ epoch: 1, endReason: 'ownership-changed' });
    expect(await stage.told(owner)).toEqual(['told 0', 'raised 0', 'cleared 0']);
  });
}
