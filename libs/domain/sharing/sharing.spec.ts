// Sharing on a real store: who may be let in by whom, with what, how it ends, and what a link gives away.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { type Capability, capabilities, mostInvitations, mostMembers, type Right } from '#codecs/api';
import type { Actor } from '#domain/accounts';
import { granted, grantOn } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import type { Subject } from './grant.js';
import { SharingRoom } from './sharing-room.fixture.js';

const hour = 3_600_000;
const everything = [...capabilities];

let stores: Stores;
let room: SharingRoom;
let mei: Actor;
let bo: Actor;
let device: Subject & { readonly url: string };
let home: Subject;

beforeAll(async () => {
  stores = await openTemporarySqlite();
});
afterAll(() => stores.close());

beforeEach(async () => {
  room = await SharingRoom.open(stores);
  [mei, bo] = [await room.person('Mei'), await room.person('Bo')];
  const made = await room.device();
  device = { kind: 'device', id: made.id, url: made.url };
  home = { kind: 'home', id: room.home.id };
});

const may = (person: Actor, right: Right, on = device.id) =>
  room.rights.onDevice(right, on, person).then(
    () => true,
    () => false,
  );

const invite = (can: Capability[], by = room.owner, subject: Subject = device, until: number | null = null) =>
  room.invitations.invite(subject, by, { can, until, validHours: 2 });

describe('an invitation', () => {
  it('shows what it offers, as often as it is looked at, and lets one person in', async () => {
    const { token, expiresAt } = await invite(
      ['view', 'alerts'],
      room.owner,
      device,
      room.clock.now() + hour,
    );
    const offer = {
      kind: 'device',
      name: { zh: 'Kitchen', en: 'Kitchen' },
      by: 'Lin',
      can: ['view', 'alerts'],
      until: room.clock.now() + hour,
      expiresAt,
      isOwn: false,
    };
    expect(await room.invitations.look(token, null)).toEqual(offer);
    expect(await room.invitations.look(token, mei)).toEqual(offer);
    expect(await may(mei, 'look')).toBe(false);
    expect(await room.invitations.accept(token, mei)).toEqual({
      kind: 'device',
      id: device.id,
      name: offer.name,
    });
    expect([await may(mei, 'look'), await may(mei, 'alarms'), await may(mei, 'command')]).toEqual([
      true,
      true,
      false,
    ]);
    await expect(room.invitations.accept(token, bo)).rejects.toMatchObject({ code: 'link-spent' });
    expect(await may(bo, 'look')).toBe(false);
  });

  it('that is unknown, used, withdrawn, too old, or of an owner who is gone says the same', async () => {
    const [used, withdrawn, old, ofBefore] = [
      await invite(['view']),
      await invite(['view']),
      await invite(['view']),
      await invite(['view']),
    ];
    await room.invitations.accept(used.token, mei);
    await room.invitations.withdraw(device, withdrawn.id, room.owner);
    room.clock.advance(2 * hour);
    const refusals = [];
    for (const token of ['', 'no-such-link', used.token, withdrawn.token, old.token])
      refusals.push(
        await room.invitations.look(token, bo).catch(fault => fault),
        await room.invitations.accept(token, bo).catch(fault => fault),
      );
    const fresh = await invite(['view']);
    await room.binding.bindings.release(device.id, room.owner);
    for (const token of [ofBefore.token, fresh.token])
      refusals.push(await room.invitations.accept(token, bo).catch(fault => fault));
    expect(new Set(refusals.map(({ code, message }) => `${code}: ${message}`)).size).toBe(1);
    expect(refusals[0]).toMatchObject({ code: 'link-spent' });
  });

  it('is not used up by its own maker', async () => {
    const { token } = await invite(['view']);
    expect(await room.invitations.look(token, room.owner)).toMatchObject({ isOwn: true });
    await expect(room.invitations.accept(token, room.owner)).rejects.toMatchObject({ code: 'already-bound' });
    await room.invitations.accept(token, mei);
    expect(await may(mei, 'look')).toBe(true);
  });

  it('keeps of its token only the hash', async () => {
    const { token } = await invite(['view']);
    expect(JSON.stringify(await stores.sharing.invitationsOn(device))).not.toContain(token);
  });

  it('is one of so many, and so are the people', async () => {
    for (let made = 0; made < mostInvitations; made++) await invite(['view']);
    await expect(invite(['view'])).rejects.toMatchObject({ code: 'invalid-request' });
    const other = (await room.device()).id;
    for (let come = 0; come < mostMembers; come++)
      await granted(stores, grantOn(other, mei.id, { epoch: 1, since: room.clock.now() }));
    await expect(invite(['view'], room.owner, { kind: 'device', id: other })).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });

  it('tells the owner and who came, at once', async () => {
    const { token } = await invite(['view']);
    await room.invitations.accept(token, mei);
    expect(room.told.all.at(-1)).toEqual({
      deviceIds: [device.id],
      accountIds: expect.arrayContaining([mei.id, room.owner.id]),
    });
  });
});

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
    await room.binding.bind({ ...(await madeAgain()) }, room.owner);
    expect(await may(mei, 'look')).toBe(false);
    expect(await room.members.shares(mei)).toEqual([]);
    await room.members.prune();
    expect(await stores.sharing.onSubjects([device.id])).toEqual([]);
  });

  const madeAgain = async () =>
    ({ id: device.id, url: device.url }) as Parameters<typeof room.binding.bind>[0];

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

describe('at the door of a device that somebody owns', () => {
  const view = async (person: Actor | null) => {
    const { product: _, ...rest } = await room.doorbell.look(device.url, person);
    return rest;
  };

  it('a member finds the device, and others how to ask', async () => {
    await room.letIn(device, mei, ['view']);
    expect(await view(mei)).toEqual({ view: 'member', deviceId: device.id });
    expect(await view(bo)).toMatchObject({ view: 'stranger', asked: false });
    expect(await view(room.owner)).toEqual({ view: 'owner', deviceId: device.id });
    expect(await view(null)).toEqual({ view: 'product' });
  });

  it('an operator is a stranger like any other', async () => {
    const operator = { ...bo, role: 'operator' } as const;
    expect(await view(operator)).toMatchObject({ view: 'stranger', asked: false });
  });

  it('somebody asks once, and the owner lets them in with what they choose', async () => {
    await room.doorbell.ask(device.url, mei);
    await room.doorbell.ask(device.url, mei);
    expect(await view(mei)).toMatchObject({ view: 'stranger', asked: true });
    const { requests } = await room.members.list(device, room.owner);
    expect(requests).toEqual([{ id: expect.any(String), name: 'Mei', at: room.clock.now() }]);
    const [request] = requests;
    await room.doorbell.letIn(device.id, request?.id ?? '', room.owner, { can: ['view'], until: null });
    expect(await view(mei)).toEqual({ view: 'member', deviceId: device.id });
    expect((await room.members.list(device, room.owner)).requests).toEqual([]);
    await expect(
      room.doorbell.letIn(device.id, request?.id ?? '', room.owner, { can: everything, until: null }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('who is turned away learns nothing of it, and may ask again', async () => {
    await room.doorbell.ask(device.url, mei);
    const { requests } = await room.members.list(device, room.owner);
    await room.doorbell.turnAway(device.id, requests[0]?.id ?? '');
    expect(await view(mei)).toMatchObject({ view: 'stranger', asked: false });
    expect(await may(mei, 'look')).toBe(false);
  });

  it('who asks at many doors has to wait', async () => {
    const asks = async () => {
      for (let asked = 0; asked < 6; asked++) await room.doorbell.ask(device.url, bo);
    };
    await expect(asks()).rejects.toMatchObject({ code: 'too-many-attempts' });
  });

  it('a request ends with the owner whom it was put to', async () => {
    await room.doorbell.ask(device.url, mei);
    const { requests } = await room.members.list(device, room.owner);
    await room.binding.bindings.release(device.id, room.owner);
    await expect(
      room.doorbell.letIn(device.id, requests[0]?.id ?? '', room.owner, { can: ['view'], until: null }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('homes', () => {
  it('are one’s own first, then those that others share, each with how one stands to it', async () => {
    await room.letIn(home, mei, ['control']);
    const homes = await room.rights.homesOf(mei);
    expect(
      homes.map(({ home: { ownerId }, standing: { as, may: rights } }) => [ownerId, as, rights]),
    ).toEqual([
      [mei.id, 'owner', expect.arrayContaining(['own'])],
      [room.owner.id, 'member', ['command']],
    ]);
  });

  it('of somebody else are none', async () => {
    for (const id of [home.id, 'no-such-home'])
      await expect(room.rights.onHome('command', id, bo)).rejects.toMatchObject({ code: 'not-found' });
  });
});
