// Members on a real store: whom they may let in themselves, what their grant holds on, and how it ends.
import { describe, expect, it } from '@jest/globals';
import {
  bo,
  device,
  everything,
  home,
  hour,
  invite,
  made,
  may,
  mei,
  room,
  setTheScene,
  stores,
} from './sharing-scene.fixture.js';

setTheScene();

describe('a member who may share', () => {
  it('gives no more than they have, and no longer', async () => {
    const until = room.clock.now() + 5 * hour;
    await room.letIn(device, mei, ['view', 'share'], { until });
    await expect(invite(['view', 'control'], mei)).rejects.toMatchObject({ code: 'invalid-request' });
    const { token } = await invite(['view'], mei);
    expect(await room.invitations.look(token, bo)).toMatchObject({ by: 'Mei', can: ['view'], until });
  });

  it('without that capability lets nobody in', async () => {
    await room.letIn(device, mei, ['view', 'history', 'alerts', 'control']);
    expect(await may(mei, 'share')).toBe(false);
    await expect(invite(['view'], mei)).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('sees and ends those whom they let in, and nobody else', async () => {
    const first = await room.letIn(device, mei, everything);
    const second = await room.letIn(device, bo, ['view'], { by: mei });
    const ofOwner = await room.letIn(device, await room.person('Kai'), ['view']);
    const { members, requests } = await room.members.list(device, mei);
    expect(members.map(({ id, name, by }) => [id, name, by])).toEqual([[second, 'Bo', 'Mei']]);
    expect(requests).toEqual([]);
    for (const id of [first, ofOwner, 'no-such-grant'])
      await expect(room.members.revoke(device, id, mei)).rejects.toMatchObject({ code: 'not-found' });
    await room.members.revoke(device, second, mei);
    expect(await may(bo, 'look')).toBe(false);
  });

  it('takes along whom they let in, when they leave, are sent away, or come to their end', async () => {
    const { id: owner } = room.owner;
    const endings: [(grantId: string) => Promise<void>, ...object[]][] = [
      [
        id => room.members.leave(id, mei),
        { what: 'revoked', accountId: mei.id, via: 'page', concernsId: bo.id },
        { what: 'left', accountId: mei.id, via: 'page', concernsId: mei.id },
      ],
      [
        id => room.members.revoke(device, id, room.owner),
        { what: 'revoked', accountId: owner, via: 'page', concernsId: bo.id },
        { what: 'revoked', accountId: owner, via: 'page', concernsId: mei.id },
      ],
      [
        async () => {
          room.clock.advance(hour);
          await room.members.endExpired();
        },
        { what: 'share-ended', accountId: null, via: 'gateway', concernsId: bo.id },
        { what: 'share-ended', accountId: null, via: 'gateway', concernsId: mei.id },
      ],
    ];
    for (const [end, ...lines] of endings) {
      const grant = await room.letIn(device, mei, everything, { until: room.clock.now() + hour });
      await room.letIn(device, bo, everything, { by: mei });
      const offer = await invite(['view'], bo);
      expect([await may(mei, 'look'), await may(bo, 'look')]).toEqual([true, true]);
      const toldBefore = room.told.all.length;
      await end(grant);
      expect([await may(mei, 'look'), await may(bo, 'look')]).toEqual([false, false]);
      expect(await stores.bindings.ledger(device.id, lines.length)).toEqual(
        expect.arrayContaining(lines.map(line => expect.objectContaining(line))),
      );
      expect(await stores.sharing.onSubjects([device.id])).toEqual([]);
      await expect(room.invitations.look(offer.token, null)).rejects.toMatchObject({ code: 'link-spent' });
      const told = room.told.all.slice(toldBefore).flatMap(({ accountIds }) => accountIds);
      expect(told).toEqual(expect.arrayContaining([mei.id, bo.id, room.owner.id]));
    }
  });
});

describe('a grant', () => {
  it('ends at its time, to the millisecond, before anybody has swept it away', async () => {
    await room.letIn(device, mei, ['view'], { until: room.clock.now() + hour });
    room.clock.advance(hour - 1);
    expect(await may(mei, 'look')).toBe(true);
    room.clock.advance(1);
    expect(await may(mei, 'look')).toBe(false);
  });

  it('ends with its owner, and does not come back when they do', async () => {
    await room.letIn(device, mei, everything);
    await room.binding.bindings.release(device.id, room.owner);
    expect(await may(mei, 'look')).toBe(false);
    await room.binding.bind(made, room.owner);
    expect(await may(mei, 'look')).toBe(false);
    expect(await room.members.shares(mei)).toEqual([]);
    await room.members.prune();
    expect(await stores.sharing.onSubjects([device.id])).toEqual([]);
  });

  it('on a home holds on every device in it, and on none elsewhere', async () => {
    await room.letIn(home, mei, ['view', 'share']);
    const [inside, elsewhere] = [(await room.device()).id, (await room.device(bo)).id];
    expect([await may(mei, 'look'), await may(mei, 'look', inside)]).toEqual([true, true]);
    expect(await may(mei, 'look', elsewhere)).toBe(false);
    // What a home's member shares is the home.
    expect(await may(mei, 'share')).toBe(false);
    await room.letIn(home, bo, ['view'], { by: mei });
    expect(await may(bo, 'look', inside)).toBe(true);
  });

  it('stands in the ledger of each device that it concerns', async () => {
    const other = (await room.device()).id;
    const grant = await room.letIn(home, mei, ['view']);
    await room.members.leave(grant, mei);
    for (const id of [device.id, other]) {
      const rows = await stores.bindings.ledger(id, 2);
      expect(rows.map(({ what, accountId }) => [what, accountId])).toEqual([
        ['left', mei.id],
        ['joined', mei.id],
      ]);
    }
  });

  it('is listed to who holds it, with whose it is', async () => {
    const id = await room.letIn(device, mei, ['view']);
    expect(await room.members.shares(mei)).toEqual([
      {
        id,
        subject: { kind: 'device', id: device.id, name: { zh: 'Kitchen', en: 'Kitchen' } },
        owner: 'Lin',
        can: ['view'],
        since: room.clock.now(),
        until: null,
      },
    ]);
  });

  it('of somebody else cannot be left', async () => {
    const id = await room.letIn(device, mei, ['view']);
    for (const grant of [id, 'no-such-grant'])
      await expect(room.members.leave(grant, bo)).rejects.toMatchObject({ code: 'not-found' });
    expect(await may(mei, 'look')).toBe(true);
  });
});
