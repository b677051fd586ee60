// How somebody becomes the owner of a device on a real store, by each proof of possession.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MadeDevice } from '#codecs/api';
import { type Actor, hashToken } from '#domain/accounts';
import { minute, start as now } from './binding-room.fixture.js';
import {
  bindings,
  bo,
  clock,
  device,
  lin,
  person,
  room,
  setTheScene,
  stores,
} from './binding-scene.fixture.js';
import { possessionMs } from './window.js';

setTheScene();

const press = () => room.press(device);
const claim = (by: Actor) => room.claim(device, by);

describe('by the button', () => {
  it('binds in two steps, into the home of the person, in a new epoch', async () => {
    await press();
    const { nonce, expiresAt } = await claim(lin);
    expect(expiresAt).toBe(now + 2 * minute);
    expect(await bindings.confirm(device.url, lin, nonce, 'Kitchen')).toEqual({
      deviceId: device.id,
      epoch: 1,
    });
    const [home] = await stores.homes.ofAccount(lin.id);
    expect(await stores.bindings.byDevice(device.id)).toMatchObject({
      state: 'bound',
      ownerId: lin.id,
      homeId: home?.id,
      name: 'Kitchen',
    });
  });

  it('keeps of the nonce only its hash', async () => {
    await press();
    const { nonce } = await claim(lin);
    expect(JSON.stringify(await stores.bindings.byDevice(device.id))).not.toContain(nonce);
  });

  it('gives the same answer when it is confirmed twice, and tells of it once', async () => {
    await press();
    const { nonce } = await claim(lin);
    const first = await bindings.confirm(device.url, lin, nonce);
    expect(await bindings.confirm(device.url, lin, nonce)).toEqual(first);
    expect(room.line.all.filter(({ next }) => next.state === 'bound')).toHaveLength(1);
  });

  it('is refused without the button', async () => {
    await expect(claim(lin)).rejects.toMatchObject({ code: 'possession-not-shown' });
  });

  it('is refused with the proof of another policy', async () => {
    await press();
    for (const proof of [{ by: 'none' }, { by: 'pin', pin: '123456' }] as const) {
      await expect(bindings.claim(device.url, lin, proof, '')).rejects.toMatchObject({
        code: 'possession-not-shown',
      });
    }
  });

  it('is lost when the claim has expired', async () => {
    await press();
    const { nonce } = await claim(lin);
    clock.advance(2 * minute);
    await expect(bindings.confirm(device.url, lin, nonce)).rejects.toMatchObject({
      code: 'claim-expired',
    });
    expect(await stores.bindings.byDevice(device.id)).toMatchObject({ ownerId: null, epoch: 0 });
  });

  it("is refused with another person's nonce", async () => {
    await press();
    const { nonce } = await claim(lin);
    await expect(bindings.confirm(device.url, bo, nonce)).rejects.toMatchObject({
      code: 'claim-expired',
    });
    await expect(bindings.confirm(device.url, lin, 'guessed')).rejects.toMatchObject({
      code: 'claim-expired',
    });
  });

  it('gives one of 200 people who claim at once the device, and tells the others nothing', async () => {
    await press();
    const crowd = await Promise.all(Array.from({ length: 20 }, () => person('Lin')));
    const tries = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) => claim(crowd[i % crowd.length] ?? lin)),
    );
    const winners = new Set(tries.flatMap((tried, i) => (tried.status === 'fulfilled' ? [i % 20] : [])));
    expect(winners.size).toBe(1);
    for (const tried of tries) {
      if (tried.status === 'rejected') expect(tried.reason).toMatchObject({ code: 'claim-lost' });
    }
    const nonces = tries.flatMap((tried, i) =>
      tried.status === 'fulfilled' ? [{ by: crowd[i % 20] ?? lin, nonce: tried.value.nonce }] : [],
    );
    const confirmed = await Promise.allSettled(
      nonces.map(({ by, nonce }) => bindings.confirm(device.url, by, nonce)),
    );
    expect(confirmed.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await stores.bindings.byDevice(device.id)).toMatchObject({ state: 'bound', epoch: 1 });
    const rows = await stores.bindings.ledger(device.id, 1000);
    expect(rows.filter(({ what }) => what === 'bound')).toHaveLength(1);
  });
});

describe('by the PIN from the box', () => {
  let boxed: MadeDevice;
  const tryPin = (by: Actor, pin: string, from = '192.0.2.7') =>
    bindings.claim(boxed.url, by, { by: 'pin', pin }, from);

  beforeEach(async () => {
    boxed = await room.made('pin');
  });

  it('binds with the right PIN, without an action at the device', async () => {
    const { nonce } = await tryPin(lin, boxed.pin ?? '');
    expect(await bindings.confirm(boxed.url, lin, nonce)).toEqual({ deviceId: boxed.id, epoch: 1 });
    const [bound] = await stores.bindings.ledger(boxed.id, 10);
    expect(bound).toMatchObject({ what: 'bound', proof: 'pin', accountId: lin.id });
  });

  it('refuses a wrong one, changes nothing, and writes it down', async () => {
    const before = await stores.bindings.byDevice(boxed.id);
    await expect(tryPin(lin, '00000000')).rejects.toMatchObject({ code: 'possession-refused' });
    expect(await stores.bindings.byDevice(boxed.id)).toEqual(before);
    expect(await stores.bindings.ledger(boxed.id, 10)).toMatchObject([
      { what: 'proof-refused', accountId: lin.id, proof: 'pin' },
    ]);
  });

  it('lets nobody try on: the wait grows with each wrong one, whoever tries from wherever', async () => {
    for (let wrong = 0; wrong < 5; wrong++) {
      await expect(tryPin(lin, '00000000')).rejects.toMatchObject({ code: 'possession-refused' });
    }
    const waits: number[] = [];
    for (let wrong = 0; wrong < 4; wrong++) {
      const refusal = await tryPin(bo, boxed.pin ?? '', `192.0.2.${wrong}`).catch(error => error);
      expect(refusal).toMatchObject({ code: 'too-many-attempts' });
      waits.push(refusal.details.retryAfterS);
      clock.advance(refusal.details.retryAfterS * 1000);
      await expect(tryPin(lin, '00000000')).rejects.toMatchObject({ code: 'possession-refused' });
    }
    expect(waits).toEqual([1, 2, 4, 8]);
  });
});

describe('by the nonce that the device was handed', () => {
  const nonce = 'a'.repeat(32);
  let provisioned: MadeDevice;
  const tryNonce = (by: Actor, tried = nonce) =>
    bindings.claim(provisioned.url, by, { by: 'provisioned', nonce: tried }, '192.0.2.7');
  /** What the intake does when the device publishes it. */
  const publish = (at = clock.now()) =>
    room.at(provisioned, {
      kind: 'window',
      at,
      until: at + possessionMs.provisioned,
      nonceHash: hashToken(nonce),
    });

  beforeEach(async () => {
    provisioned = await room.made('provisioned');
  });

  it('binds whoever handed it over', async () => {
    await publish();
    const claimed = await tryNonce(lin);
    expect(await bindings.confirm(provisioned.url, lin, claimed.nonce)).toEqual({
      deviceId: provisioned.id,
      epoch: 1,
    });
    const [bound] = await stores.bindings.ledger(provisioned.id, 10);
    expect(bound).toMatchObject({ what: 'bound', proof: 'provisioned', accountId: lin.id });
  });

  it('is asked to wait until the device has published it, which is no wrong try', async () => {
    for (let tried = 0; tried < 20; tried++)
      await expect(tryNonce(lin)).rejects.toMatchObject({ code: 'possession-not-shown' });
    await publish();
    await tryNonce(lin);
  });

  it('is refused when it is another, which is counted, written down, and changes nothing', async () => {
    await publish();
    const before = await stores.bindings.byDevice(provisioned.id);
    for (let wrong = 0; wrong < 5; wrong++)
      await expect(tryNonce(bo, 'b'.repeat(32))).rejects.toMatchObject({ code: 'possession-refused' });
    await expect(tryNonce(bo)).rejects.toMatchObject({ code: 'too-many-attempts' });
    expect(await stores.bindings.byDevice(provisioned.id)).toEqual(before);
    const [refused] = await stores.bindings.ledger(provisioned.id, 1);
    expect(refused).toMatchObject({ what: 'proof-refused', proof: 'provisioned', accountId: bo.id });
  });

  it('is used once, and is over after minutes', async () => {
    await publish();
    await tryNonce(lin);
    clock.advance(2 * minute);
    await expect(tryNonce(lin)).rejects.toMatchObject({ code: 'possession-not-shown' });
    await publish();
    clock.advance(possessionMs.provisioned);
    await expect(tryNonce(lin)).rejects.toMatchObject({ code: 'possession-not-shown' });
  });
});
