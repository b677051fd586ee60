// What becomes of a device's secret when its owner has lost it, on a real store.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { hashToken } from '#domain/accounts';
import { MemoryAuthorityStore, PrivateAuthority } from '#domain/certificates';
import { ManualClock } from '#domain/clock';
import { oneDevice, rebind } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { Credentials, fetchMs } from './credentials.js';
import type { Device } from './device.js';
import type { DeviceStore } from './device.store.js';
import { DeviceLink } from './device-link.js';
import { Locksmith } from './locksmith.js';

class NoLink extends DeviceLink {
  tell = () => false;
  forget = () => {};
  isConnected = () => false;
  disconnect = () => {};
  connections = () => 0;
}

const old = 'the secret that it was made with';
const start = 1_763_700_000_000;

let stores: Stores;
let clock: ManualClock;
let credentials: Credentials;
let locksmith: Locksmith;
let device: Device;

beforeAll(async () => {
  stores = await openTemporarySqlite();
});
afterAll(() => stores.close());

beforeEach(async () => {
  clock = new ManualClock(start);
  credentials = new Credentials(stores.devices, clock);
  const authority = new PrivateAuthority(new MemoryAuthorityStore(), clock);
  locksmith = new Locksmith(stores.devices, authority, new NoLink(), clock);
  device = await oneDevice(stores);
  await stores.devices.putCredential(device.id, { secretHash: hashToken(old) });
  await loseOwner(1);
});

/** What the binding room writes when an owner loses the device. */
async function loseOwner(epoch: number): Promise<void> {
  const binding = await stores.bindings.byDevice(device.id);
  if (binding === null) throw new Error('no such device');
  const next = { ...binding, epoch, credentialEpoch: epoch, version: binding.version + 1 };
  await rebind(stores, next);
}

const lets = async (secret: string) => (await credentials.check(device.id, secret)) !== null;

describe('a new secret', () => {
  it('ends the one before at its first use, and not by being handed out', async () => {
    const { secret } = await locksmith.renew(device.id);
    expect(await lets(old)).toBe(true);
    expect(await credentials.check(device.id, secret)).toMatchObject({ secretEpoch: 1, renewal: null });
    expect(await lets(old)).toBe(false);
    expect(await lets(secret)).toBe(true);
  });

  it('ends the one before a day after it was first handed out, though it comes again and again', async () => {
    await locksmith.renew(device.id);
    clock.advance(fetchMs - 1);
    const { secret } = await locksmith.renew(device.id);
    expect(await lets(old)).toBe(true);
    clock.advance(1);
    expect(await lets(old)).toBe(false);
    expect(await lets(secret)).toBe(true);
  });

  it('is the last that was handed out, and no earlier one', async () => {
    const first = await locksmith.renew(device.id);
    const second = await locksmith.renew(device.id);
    expect(await lets(first.secret)).toBe(false);
    expect(await lets(second.secret)).toBe(true);
  });

  it('waits for a device that is away for long: its day begins when it is handed out', async () => {
    clock.advance(30 * fetchMs);
    expect(await lets(old)).toBe(true);
    await locksmith.renew(device.id);
    clock.advance(fetchMs - 1);
    expect(await lets(old)).toBe(true);
  });

  it('that was handed out in an earlier owners time is of an earlier epoch, and not enough', async () => {
    const { secret } = await locksmith.renew(device.id);
    await loseOwner(3);
    expect(await credentials.check(device.id, secret)).toMatchObject({ secretEpoch: 1 });
    const last = await locksmith.renew(device.id);
    expect(await credentials.check(device.id, last.secret)).toMatchObject({ secretEpoch: 3 });
  });

  it('that the operator made is as good as one that was fetched', async () => {
    const { secret } = await locksmith.reissue(device.id);
    expect(await credentials.check(device.id, secret)).toMatchObject({ secretEpoch: 1 });
  });

  it('ends the certificate too, which was in the same hands', async () => {
    await stores.devices.putCredential(device.id, { certificateFingerprint: 'fingerprint' });
    const { secret } = await locksmith.renew(device.id);
    await credentials.check(device.id, secret);
    expect(await credentials.checkCertificate(device.id, 'fingerprint')).toBeNull();
  });

  it('counts at once for all who use it, though they come at the same moment', async () => {
    const { secret } = await locksmith.renew(device.id);
    expect(await Promise.all([lets(secret), lets(secret), lets(secret)])).toEqual([true, true, true]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['gave the device another one', () => locksmith.reissue(device.id)],
    ['revoked it', () => locksmith.revoke(device.id)],
  ])('lets nobody in whose login was under way when the operator %s', async (_, intervene) => {
    const { secret } = await locksmith.renew(device.id);
    let before: Promise<unknown> | undefined;
    const slow = Object.assign(Object.create(stores.devices) as DeviceStore, {
      byId: async (id: string) => {
        const seen = await stores.devices.byId(id);
        before ??= intervene();
        await before;
        return seen;
      },
      replaceSecret: (...change: Parameters<DeviceStore['replaceSecret']>) =>
        stores.devices.replaceSecret(...change),
    });
    expect(await new Credentials(slow, clock).check(device.id, secret)).toBeNull();
    expect(await lets(secret)).toBe(false);
  });

  it('is not to be had from the source: a device without a secret is let in by none that stands there', async () => {
    await stores.devices.putCredential(device.id, { secretHash: null });
    await locksmith.renew(device.id);
    expect(await lets('the hash that an unknown device is compared with')).toBe(false);
  });
});
