// What every BindingStore promises.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOf } from '#codecs/wire';
import { newId } from '#domain/accounts';
import { type Binding, type LedgerRow, registeredBinding } from '#domain/binding';
import type { Device } from '#domain/devices';
import type { BrokerChange } from '#domain/intake';
import type { Stores } from '../index.js';
import { batchOf, bind, devicesMade, devicesOf, noon, oneDevice, someone } from './samples.contract.js';

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
      expect(await stores.bindings.compareAndSet({ next, ledger })).toBe(true);
      expect(await stores.bindings.byDevice(device.id)).toEqual(next);
      expect(await stores.bindings.ledger(device.id, 10)).toEqual([...ledger].reverse());
    });

    it('writes neither change nor ledger when the version does not follow', async () => {
      const device = await oneDevice(stores);
      for (const version of [0, 2, 7]) {
        const change = { next: pending(device.id, version, 'x'), ledger: [rowOf(device.id, 'claimed')] };
        expect(await stores.bindings.compareAndSet(change)).toBe(false);
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
      const outcomes = await Promise.all(claims.map(claim => stores.bindings.compareAndSet(claim)));
      const winners = claims.filter((_, at) => outcomes[at]);
      expect(winners).toHaveLength(1);
      expect(await stores.bindings.byDevice(device.id)).toEqual(winners[0]?.next);
      expect(await stores.bindings.ledger(device.id, 200)).toEqual(winners[0]?.ledger);
    });

    it('lets go of what an owner left: nulls are written too', async () => {
      const device = await oneDevice(stores);
      await stores.bindings.compareAndSet({ next: pending(device.id, 1, 'x'), ledger: [] });
      const released: Binding = { ...registeredBinding(device.id), state: 'released', epoch: 1, version: 2 };
      expect(await stores.bindings.compareAndSet({ next: released, ledger: [] })).toBe(true);
      expect(await stores.bindings.byDevice(device.id)).toEqual(released);
    });

    it('forgets with an owner what is retained of the device and waits for it, at its hub too, and nothing else', async () => {
      const hub = await oneDevice(stores);
      const device = await childOf(hub);
      const { account, home } = await someone(stores);
      const command = (clientId: string, packetId: number, id = device.id) =>
        queued(clientId, packetId, topicOf(id, 'command'));
      const broker: BrokerChange[] = [
        { kind: 'retain', topic: topicOf(device.id, 'status'), payload, qos: 1 },
        { kind: 'retain', topic: topicOf(hub.id, 'status'), payload, qos: 1 },
        ...[hub.id, device.id, 'app:log'].map(
          clientId => ({ kind: 'keep-session', clientId, seenAt: noon, sentThrough: 0 }) as const,
        ),
        command(hub.id, 1),
        command(hub.id, 2, hub.id),
        command(device.id, 1),
        queued('app:log', 1, topicOf(device.id, 'telemetry')),
      ];
      await stores.intake.commit(batchOf({ broker }));
      const all = await remembered();
      await stores.bindings.compareAndSet({ next: pending(device.id, 1, account.id), ledger: [] });
      expect(await remembered()).toEqual(all);
      const bound = {
        ...pending(device.id, 2, account.id),
        state: 'bound',
        epoch: 1,
        pending: null,
      } as const;
      const change = { next: { ...bound, ownerId: account.id, homeId: home.id }, ledger: [] };
      expect(await stores.bindings.compareAndSet({ ...change, next: { ...change.next, version: 9 } })).toBe(
        false,
      );
      expect(await remembered()).toEqual(all);
      expect(await stores.bindings.compareAndSet(change)).toBe(true);
      expect(await remembered()).toEqual(
        [
          `app:log 1 ${topicOf(device.id, 'telemetry')}`,
          `${hub.id} 2 ${topicOf(hub.id, 'command')}`,
          `retained ${topicOf(hub.id, 'status')}`,
        ].sort(),
      );
    });

    async function childOf({ id: parentId, productId }: Device): Promise<Device> {
      const [device] = await devicesOf(stores, { id: productId }, 1, child => ({ ...child, parentId }));
      if (device === undefined) throw new Error('no device was made');
      return device;
    }

    /** What the broker keeps, a line each. */
    async function remembered(): Promise<string[]> {
      const { sessions, retained } = await stores.intake.brokerMemory();
      const waiting = sessions.flatMap(session => session.queued);
      return [
        ...waiting.map(({ clientId, packetId, topic }) => `${clientId} ${packetId} ${topic}`),
        ...retained.map(({ topic }) => `retained ${topic}`),
      ].sort();
    }

    it('finds the bound devices of an owner, and no pending ones', async () => {
      const [first, second, third] = await devicesMade(stores, 3);
      if (!first || !second || !third) throw new Error('three devices');
      const { account, home } = await someone(stores);
      const { account: neighbour, home: next } = await someone(stores);
      await bind(stores, first.id, account, home);
      await bind(stores, second.id, neighbour, next);
      await stores.bindings.compareAndSet({ next: pending(third.id, 1, account.id), ledger: [] });
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

const payload = new Uint8Array([1]);

function queued(clientId: string, packetId: number, topic: string): BrokerChange {
  const copy = { clientId, packetId, topic, payload, retain: false } as const;
  return { kind: 'queue', ...copy, qos: 1, place: packetId, state: 'waiting' };
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
