// A device whose owner cannot let go of it, on a real store: who holds it asks, and the owner has three days to object.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { address, minute, start } from './binding-room.fixture.js';
import { bo, clock, device, lin, room, setTheScene, stores } from './binding-scene.fixture.js';
import { vetoMs } from './recoveries.js';

const day = 24 * 60 * minute;
const button = { by: 'button' } as const;

setTheScene();

beforeEach(() => room.bind(device, lin));

const ask = () => room.recoveries.ask(device.url, bo, button, address);
const complete = (name?: string) => room.recoveries.complete(device.url, bo, button, address, name);
const stored = () => stores.bindings.byDevice(device.id);

async function asked(): Promise<void> {
  await room.press(device);
  await ask();
}

describe('a recovery', () => {
  it('begins with the device in hand, changes nothing yet, and tells the owner', async () => {
    await expect(ask()).rejects.toMatchObject({ code: 'possession-not-shown' });
    await room.press(device);
    expect(await ask()).toEqual({ dueAt: start + vetoMs });
    expect(await stored()).toMatchObject({ state: 'bound', ownerId: lin.id, epoch: 1 });
    expect(room.line.news).toMatchObject([{ matter: 'recovery-asked', accountId: lin.id }]);
    expect(await room.bindings.look(device.url, bo)).toMatchObject({
      view: 'stranger',
      recoveryDueAt: start + vetoMs,
    });
  });

  it('tells the owner once a day, however often it is looked at', async () => {
    await asked();
    const told = new Set<string>();
    for (let hour = 0; hour < 72; hour++) {
      await room.recoveries.remind();
      clock.advance(60 * minute);
    }
    for (const { id, matter, accountId, before } of room.line.news) {
      if (before.deviceId !== device.id) continue;
      expect([matter, accountId]).toEqual(['recovery-asked', lin.id]);
      told.add(id);
    }
    expect(told.size).toBe(3);
  });

  it('gives the device over after 72 hours and not before, when it is in hand once more', async () => {
    await asked();
    clock.advance(vetoMs - 1);
    await room.press(device);
    await expect(complete()).rejects.toMatchObject({ code: 'recovery-not-due' });
    clock.advance(2 * minute);
    await expect(complete()).rejects.toMatchObject({ code: 'possession-not-shown' });
    await room.press(device);
    expect(await complete('Hall')).toEqual({ deviceId: device.id, epoch: 2 });
    expect(await stored()).toMatchObject({ ownerId: bo.id, name: 'Hall', credentialEpoch: 2 });
    expect(room.line.news.at(-1)).toMatchObject({ matter: 'recovered', accountId: lin.id });
  });

  it('is over when the owner objects, and who asked is told', async () => {
    await asked();
    await expect(room.recoveries.veto(device.id, bo)).rejects.toMatchObject({ code: 'not-found' });
    await room.recoveries.veto(device.id, lin);
    expect(room.line.news.at(-1)).toMatchObject({ matter: 'recovery-vetoed', accountId: bo.id });
    clock.advance(vetoMs);
    await room.press(device);
    await expect(complete()).rejects.toMatchObject({ code: 'claim-expired' });
    expect(await stored()).toMatchObject({ ownerId: lin.id, epoch: 1 });
  });

  it('is not open for ever to who asked and did not come back', async () => {
    await asked();
    clock.advance(vetoMs + 7 * day);
    await room.press(device);
    await expect(complete()).rejects.toMatchObject({ code: 'claim-expired' });
  });

  it('is refused where a scan is all that a proof would take', async () => {
    const lamp = await room.made('none');
    const { nonce } = await room.bindings.claim(lamp.url, lin, { by: 'none' }, address);
    await room.bindings.confirm(lamp.url, lin, nonce);
    await expect(room.recoveries.ask(lamp.url, bo, { by: 'none' }, address)).rejects.toMatchObject({
      code: 'possession-not-shown',
    });
  });
});
