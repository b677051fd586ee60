// What every BindingStore promises.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import { type Binding, type LedgerRow, registeredBinding } from '#domain/binding';
import type { Stores } from '../index.js';
import { bind, devicesMade, noon, oneDevice, rebind, someone } from './samples.contract.js';

export function bindingStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`BindingStore on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('writes a change that follows the stored version, with its rows in the ledger', async () => {
      const device = await oneDevice(stores);
      const { account } = await someone(stores);
      const next = pending(device.id, 1, account.id);
      const ledger = [rowOf(device.id, 'window-opened'), rowOf(device.id, 'claimed', account.id)];
      expect(await rebind(stores, next, ledger)).toBe(true);
      expect(await stores.bindings.byDevice(device.id)).toEqual(next);
      expect(await stores.bindings.ledger(device.id, 10)).toEqual([...ledger].reverse());
    });

    it('writes neither change nor ledger when the version does not follow', async () => {
      const device = await oneDevice(stores);
      for (const version of [0, 2, 7]) {
        const change = { next: pending(device.id, version, 'x'), ledger: [rowOf(device.id, 'claimed')] };
        expect(await rebind(stores, change.next, change.ledger)).toBe(false);
      }
      expect(await stores.bindings.byDevice(device.id)).toEqual(registeredBinding(device.id));
      expect(await stores.bindings.ledger(device.id, 10)).toEqual([]);
    });

    it('lets exactly one of a hundred claims at the same time through', async () => {
      const device = await oneDevice(stores);
      const claims = Array.from({ length: 100 }, (_, at) => ({
        next: pending(device.id, 1, `person-${at}`),
        ledger: [rowOf(device.id, 'claimed', `person-${at}`)],
      }));
      const outcomes = await Promise.all(claims.map(claim => rebind(stores, claim.next, claim.ledger)));
      const winners = claims.filter((_, at) => outcomes[at]);
      expect(winners).toHaveLength(1);
      expect(await stores.bindings.byDevice(device.id)).toEqual(winners[0]?.next);
      expect(await stores.bindings.ledger(device.id, 200)).toEqual(winners[0]?.ledger);
    });

    it('lets go of what an owner left: nulls are written too', async () => {
      const device = await oneDevice(stores);
      await rebind(stores, pending(device.id, 1, 'x'));
      const released: Binding = { ...registeredBinding(device.id), state: 'released', epoch: 1, version: 2 };
      expect(await rebind(stores, released)).toBe(true);
      expect(await stores.bindings.byDevice(device.id)).toEqual(released);
    });

    it('finds the bound devices of an owner, and no pending ones', async () => {
      const [first, second, third] = await devicesMade(stores, 3);
      if (!first || !second || !third) throw new Error('three devices');
      const { account, home } = await someone(stores);
      const { account: neighbour, home: next } = await someone(stores);
      await bind(stores, first.id, account, home);
      await bind(stores, second.id, neighbour, next);
      await rebind(stores, pending(third.id, 1, account.id));
      const owned = await stores.bindings.ofOwner(account.id);
      expect(owned.map(binding => binding.deviceId)).toEqual([first.id]);
    });

    it('finds what stands in a home', async () => {
      const [inside, elsewhere] = await devicesMade(stores, 2);
      if (!inside || !elsewhere) throw new Error('two devices');
      const [{ account, home }, { home: other }] = [await someone(stores), await someone(stores)];
      await bind(stores, inside.id, account, home);
      await bind(stores, elsewhere.id, account, other);
      expect((await stores.bindings.inHome(home.id)).map(({ deviceId }) => deviceId)).toEqual([inside.id]);
      expect(await stores.bindings.inHome(newId())).toEqual([]);
    });

    it('finds many bindings at once and leaves unknown devices out', async () => {
      const devices = await devicesMade(stores, 600);
      const found = await stores.bindings.byDevices([newId(), ...devices.map(device => device.id)]);
      expect(new Set(found.map(binding => binding.deviceId))).toEqual(new Set(devices.map(({ id }) => id)));
      expect(await stores.bindings.byDevices([])).toEqual([]);
      expect(await stores.bindings.byDevice(newId())).toBeNull();
    });

    it('keeps the ledger newest first, also within one millisecond, and gives so much of it as is asked', async () => {
      const device = await oneDevice(stores);
      const rows = ['p1', 'p2', 'p3'].map(proof => ({ ...rowOf(device.id, 'proof-refused'), proof }));
      for (const row of rows) await stores.bindings.note(row);
      expect(await stores.bindings.ledger(device.id, 2)).toEqual([rows[2], rows[1]]);
    });
  });
}

function pending(deviceId: string, version: number, accountId: string): Binding {
  return {
    ...registeredBinding(deviceId),
    state: 'pending',
    version,
    name: '厨房',
    windowUntil: noon + 120_000,
    windowNonceHash: 'another hash',
    pending: { accountId, nonceHash: 'hash', expiresAt: noon + 120_000, proof: 'button' },
    offer: { tokenHash: 'token', expiresAt: noon + 1, erases: true },
    recovery: { accountId, dueAt: noon + 2 },
    credentialEpoch: 1,
  };
}

const seen = { via: 'page', address: '2001:db8::1', concernsId: 'mei' } as const;

function rowOf(deviceId: string, what: LedgerRow['what'], accountId: string | null = null): LedgerRow {
  return {
    deviceId,
    epoch: 0,
    at: noon,
    what,
    accountId,
    ...{ proof: null, until: noon + 5, reason: 'why' },
    ...seen,
  };
}
