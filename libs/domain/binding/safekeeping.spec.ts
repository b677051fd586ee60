// What is stolen, found, released by force or retired, on a real store.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '#domain/accounts';
import { address, start } from './binding-room.fixture.js';
import { bo, device, lin, person, room, setTheScene, stores } from './binding-scene.fixture.js';

const button = { by: 'button' } as const;

setTheScene();

let operator: Actor;

beforeEach(async () => {
  operator = await person('Op', { role: 'operator' });
  await room.bind(device, lin);
});

const stored = () => stores.bindings.byDevice(device.id);

describe('a device that is reported stolen', () => {
  beforeEach(() => room.safekeeping.lock(device.id, lin));

  it('cannot be reset, bound, recovered or handed over, and stays its owners', async () => {
    const refusals = [
      room.at(device, { kind: 'reset', at: start }),
      room.press(device),
      room.claim(device, bo),
      room.recoveries.ask(device.url, bo, button, address),
      room.transfers.offer(device.id, lin),
    ];
    for (const refusal of refusals) await expect(refusal).rejects.toMatchObject({ code: 'device-locked' });
    expect(await stored()).toMatchObject({ state: 'locked', ownerId: lin.id, epoch: 1 });
    expect(await room.bindings.look(device.url, bo)).toMatchObject({ view: 'stranger' });
    expect((await stores.bindings.ofOwner(lin.id)).map(({ deviceId }) => deviceId)).toContain(device.id);
  });

  it('is unlocked by its owner and nobody else', async () => {
    for (const by of [bo, operator])
      await expect(room.safekeeping.unlock(device.id, by)).rejects.toMatchObject({ code: 'not-found' });
    await room.safekeeping.unlock(device.id, lin);
    expect(await stored()).toMatchObject({ state: 'bound', ownerId: lin.id, epoch: 1 });
  });
});

describe('who finds a device', () => {
  it('writes to its owner, who gets the words and not the name, and changes nothing', async () => {
    const before = await stored();
    await room.safekeeping.found(device.url, bo, 'It lies at the gate. Call 555.');
    expect(room.line.news).toMatchObject([
      { matter: 'found', accountId: lin.id, said: 'It lies at the gate. Call 555.' },
    ]);
    expect(await stored()).toEqual({ ...before, version: (before?.version ?? 0) + 1 });
    expect(JSON.stringify(await stores.bindings.ledger(device.id, 10))).not.toContain('gate');
    expect((await room.bindings.ledger(device.id, lin))[0]).toMatchObject({ what: 'found', by: 'somebody' });
  });

  it('is asked to wait when they write again and again', async () => {
    for (let n = 0; n < 5; n++) await room.safekeeping.found(device.url, bo, 'Hello');
    await expect(room.safekeeping.found(device.url, bo, 'Hello')).rejects.toMatchObject({
      code: 'too-many-attempts',
    });
  });
});

describe('an operator', () => {
  it('releases a device with a reason, which its owner reads', async () => {
    await room.interventions.forceRelease(device.id, operator, 'Returned to the shop');
    expect(await stored()).toMatchObject({ state: 'released', ownerId: null, epoch: 2, credentialEpoch: 2 });
    expect(room.line.news).toMatchObject([
      { matter: 'force-released', accountId: lin.id, said: 'Returned to the shop' },
    ]);
    const [row] = await room.bindings.ledger(device.id, operator);
    expect(row).toMatchObject({ what: 'force-released', by: 'you', reason: 'Returned to the shop' });
  });

  it('retires a device that nobody owns: its code is none of ours any more', async () => {
    await expect(room.interventions.retire(device.id, operator, 'Burnt')).rejects.toMatchObject({
      code: 'already-bound',
    });
    await room.bindings.release(device.id, lin);
    await room.interventions.retire(device.id, operator, 'Burnt');
    await expect(room.bindings.look(device.url, bo)).rejects.toMatchObject({ code: 'not-our-code' });
  });
});
