// Those who stand at the door of a device with its code in their hands: what they see, and how they ask.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '#domain/accounts';
import { bo, device, everything, made, may, mei, room, setTheScene } from './sharing-scene.fixture.js';

setTheScene();

describe('at the door of a device that somebody owns', () => {
  const view = async (person: Actor | null) => {
    const { product: _, ...rest } = await room.doorbell.look(made.url, person);
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
    await room.doorbell.ask(made.url, mei);
    await room.doorbell.ask(made.url, mei);
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
    await room.doorbell.ask(made.url, mei);
    const { requests } = await room.members.list(device, room.owner);
    await room.doorbell.turnAway(device.id, requests[0]?.id ?? '');
    expect(await view(mei)).toMatchObject({ view: 'stranger', asked: false });
    expect(await may(mei, 'look')).toBe(false);
  });

  it('who asks at many doors has to wait', async () => {
    const asks = async () => {
      for (let asked = 0; asked < 6; asked++) await room.doorbell.ask(made.url, bo);
    };
    await expect(asks()).rejects.toMatchObject({ code: 'too-many-attempts' });
  });

  it('a request ends with the owner whom it was put to', async () => {
    await room.doorbell.ask(made.url, mei);
    const { requests } = await room.members.list(device, room.owner);
    await room.binding.bindings.release(device.id, room.owner);
    await expect(
      room.doorbell.letIn(device.id, requests[0]?.id ?? '', room.owner, { can: ['view'], until: null }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
