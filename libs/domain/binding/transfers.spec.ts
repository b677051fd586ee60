// Handing a device over on a real store: by a link that works once, for a day.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '#domain/accounts';
import { minute, start } from './binding-room.fixture.js';
import { bo, clock, device, lin, person, room, setTheScene, stores } from './binding-scene.fixture.js';

const day = 24 * 60 * minute;

setTheScene();

let eve: Actor;

beforeEach(async () => {
  eve = await person('Eve');
  await room.bind(device, lin);
});

const refused = (code: string) => ({ code });

describe('an offer', () => {
  it('shows what is offered, and gives it to who accepts, in a new epoch, under their own name for it', async () => {
    const { token, expiresAt } = await room.transfers.offer(device.id, lin);
    expect(expiresAt).toBe(start + day);
    expect(await room.transfers.look(token)).toMatchObject({ expiresAt });
    expect(await room.transfers.accept(bo, token, 'Cellar')).toEqual({
      deviceId: device.id,
      epoch: 2,
    });
    const stored = await stores.bindings.byDevice(device.id);
    expect(stored).toMatchObject({ ownerId: bo.id, name: 'Cellar', offer: null, credentialEpoch: 2 });
  });

  it('tells the one who gave it away', async () => {
    const { token } = await room.transfers.offer(device.id, lin);
    await room.transfers.accept(bo, token);
    expect(room.line.news).toMatchObject([
      { matter: 'transferred', accountId: lin.id, before: { name: 'Kitchen' } },
    ]);
  });

  it('works once: the same person gets the same answer, and nobody else any', async () => {
    const { token } = await room.transfers.offer(device.id, lin);
    const people = [bo, eve, bo, eve, bo];
    const tries = await Promise.allSettled(people.map(by => room.transfers.accept(by, token)));
    const winners = new Set(tries.flatMap((tried, i) => (tried.status === 'fulfilled' ? [people[i]] : [])));
    expect(winners.size).toBe(1);
    for (const tried of tries)
      if (tried.status === 'rejected') expect(tried.reason).toMatchObject(refused('link-spent'));
    expect(await stores.bindings.byDevice(device.id)).toMatchObject({ epoch: 2 });
  });

  it.each([
    { what: 'is guessed', spoil: async () => `${device.id}.${'a'.repeat(43)}` },
    { what: 'was withdrawn', spoil: () => room.transfers.withdraw(device.id, lin) },
    { what: 'was replaced by a newer one', spoil: () => room.transfers.offer(device.id, lin) },
    { what: 'has expired', spoil: async () => clock.advance(day) },
    { what: 'is of a device that was reported stolen', spoil: () => room.safekeeping.lock(device.id, lin) },
  ])('is spent when it $what', async ({ what, spoil }) => {
    const { token } = await room.transfers.offer(device.id, lin);
    const spoilt = await spoil();
    const shown = what === 'is guessed' ? String(spoilt) : token;
    await expect(room.transfers.look(shown)).rejects.toMatchObject(refused('link-spent'));
    await expect(room.transfers.accept(bo, shown)).rejects.toMatchObject(refused('link-spent'));
    expect(await stores.bindings.byDevice(device.id)).toMatchObject({ ownerId: lin.id, epoch: 1 });
  });

  it('is nobodys to make but the owners', async () => {
    await expect(room.transfers.offer(device.id, bo)).rejects.toMatchObject(refused('not-found'));
    await expect(room.transfers.withdraw(device.id, bo)).rejects.toMatchObject(refused('not-found'));
  });

  it('leaves only the hash of its token in the store', async () => {
    const { token } = await room.transfers.offer(device.id, lin);
    expect(JSON.stringify(await stores.bindings.byDevice(device.id))).not.toContain(
      token.split('.')[1] ?? token,
    );
  });
});
