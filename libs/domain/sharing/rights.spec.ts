// Whose homes a person may do something in.
import { describe, expect, it } from '@jest/globals';
import { bo, home, mei, room, setTheScene } from './sharing-scene.fixture.js';

setTheScene();

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
