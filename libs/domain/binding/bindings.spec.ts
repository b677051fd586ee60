// What an owner may do with a device on a real store, and nobody else.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '#domain/accounts';
import { bindings, bo, device, lin, person, room, setTheScene, stores } from './binding-scene.fixture.js';

setTheScene();

const bind = (by: Actor) => room.bind(device, by);
const claim = (by: Actor) => room.claim(device, by);

describe('an owner', () => {
  beforeEach(() => bind(lin));

  it('cannot be overtaken: a window or a claim of somebody else means nothing', async () => {
    await expect(claim(bo)).rejects.toMatchObject({ code: 'already-bound' });
  });

  it('renames and releases what is theirs, and everybody concerned is told with both sides', async () => {
    await bindings.rename(device.id, lin, 'Bath');
    expect(await stores.bindings.byDevice(device.id)).toMatchObject({ name: 'Bath', epoch: 1 });
    await bindings.release(device.id, lin);
    expect(room.line.all.at(-1)).toMatchObject({
      before: { ownerId: lin.id, epoch: 1 },
      next: { ownerId: null, epoch: 2, state: 'released', name: null, homeId: null },
    });
  });

  it.each(['release', 'rename', 'ledger', 'requireRight'] as const)(
    'alone may %s; for others there is no such device',
    async call => {
      const tries = {
        release: (id: string) => bindings.release(id, bo),
        rename: (id: string) => bindings.rename(id, bo, 'Mine'),
        ledger: (id: string) => bindings.ledger(id, bo),
        requireRight: (id: string) => bindings.requireRight(id, bo),
      };
      for (const id of [device.id, 'no-such-device']) {
        await expect(tries[call](id)).rejects.toMatchObject({ code: 'not-found' });
      }
      expect(await stores.bindings.byDevice(device.id)).toMatchObject({ ownerId: lin.id });
    },
  );

  it('may be looked at by an operator, who does not become one', async () => {
    const operator = await person('Op', { role: 'operator' });
    expect(await bindings.requireRight(device.id, operator)).toMatchObject({ ownerId: lin.id });
    await expect(bindings.release(device.id, operator)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('reads how it came to be theirs, without the names of others', async () => {
    await bindings.release(device.id, lin);
    await bind(bo);
    const rows = await bindings.ledger(device.id, bo);
    expect(rows.map(({ what, by, epoch, proof }) => [what, by, epoch, proof])).toEqual([
      ['bound', 'you', 3, 'button'],
      ['claimed', 'you', 2, 'button'],
      ['window-opened', 'device', 2, null],
      ['released', 'somebody', 2, null],
      ['bound', 'somebody', 1, 'button'],
      ['claimed', 'somebody', 0, 'button'],
      ['window-opened', 'device', 0, null],
    ]);
  });
});
