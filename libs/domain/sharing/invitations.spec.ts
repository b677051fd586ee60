// Invitations on a real store: what a link shows, whom it lets in, and what it gives away.
import { describe, expect, it } from '@jest/globals';
import { mostInvitations, mostMembers } from '#codecs/api';
import { granted, grantOn } from '../../adapters/storage/contracts/samples.contract.js';
import {
  bo,
  device,
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

  it('of an earlier owner takes no place', async () => {
    for (let waiting = 0; waiting < mostInvitations; waiting++) await invite(['view']);
    await room.binding.bindings.release(device.id, room.owner);
    await room.binding.bind(made, bo);
    expect(await invite(['view'], bo)).toMatchObject({ token: expect.any(String) });
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
