// What every ProductStore and DeviceStore promises.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#domain/accounts';
import { registeredBinding } from '#domain/binding';
import type { Stores } from '../index.js';
import { deviceOf, devicesMade, gasSensor, noon, oneDevice } from './samples.contract.js';

export function deviceStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`ProductStore and DeviceStore on ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    it('gives a product back as it was put in, and replaces it', async () => {
      const product = gasSensor();
      await stores.products.put(product);
      expect(await stores.products.byId(product.id)).toEqual(product);
      const changed = { ...product, intervalS: 30, name: { zh: '新', en: 'New' } };
      await stores.products.put(changed);
      expect(await stores.products.byId(product.id)).toEqual(changed);
      expect((await stores.products.all()).filter(each => each.id === product.id)).toEqual([changed]);
      expect(await stores.products.byId('unknown')).toBeNull();
    });

    it('writes a batch, its devices and a registered binding for each', async () => {
      const product = gasSensor();
      await stores.products.put(product);
      const draft = { productId: product.id, count: 3, createdAt: noon };
      const { batch, devices } = await stores.devices.insertBatch(draft, id =>
        [1, 2, 3].map(number => deviceOf(product.id, id, number)),
      );
      expect(batch).toEqual({ ...draft, id: expect.any(Number) });
      expect(devices.map(device => device.batch)).toEqual([batch.id, batch.id, batch.id]);
      expect(await stores.devices.batches()).toContainEqual(batch);
      expect(await stores.devices.count(product.id)).toBe(3);
      for (const device of devices) {
        expect(await stores.devices.byId(device.id)).toEqual(device);
        expect(await stores.devices.byNumber(batch.id, device.number)).toEqual(device);
        expect(await stores.bindings.byDevice(device.id)).toEqual(registeredBinding(device.id));
      }
    });

    it('gives two batches that are made at the same time different numbers', async () => {
      const batches = await Promise.all([devicesMade(stores, 2), devicesMade(stores, 2)]);
      expect(new Set(batches.flat().map(device => device.batch)).size).toBe(2);
    });

    it('writes a thousand devices at once', async () => {
      const devices = await devicesMade(stores, 1000);
      const found = await stores.devices.byIds(devices.map(device => device.id));
      expect(found.sort(byNumber)).toEqual([...devices].sort(byNumber));
    });

    it('writes nothing of a batch in which one device cannot be written', async () => {
      const product = gasSensor();
      await stores.products.put(product);
      const before = await stores.devices.batches();
      const twice = stores.devices.insertBatch({ productId: product.id, count: 2, createdAt: noon }, id => {
        const device = deviceOf(product.id, id, 1);
        return [device, { ...device, number: 2 }];
      });
      // Not `toThrow`: the driver's error may be of another realm than the test's.
      await expect(twice).rejects.toHaveProperty('message');
      expect(await stores.devices.batches()).toEqual(before);
      expect(await stores.devices.count(product.id)).toBe(0);
    });

    it('writes nothing of a batch whose devices could not be made', async () => {
      const product = gasSensor();
      await stores.products.put(product);
      const failing = stores.devices.insertBatch({ productId: product.id, count: 1, createdAt: noon }, () => {
        throw new Error('no ticket');
      });
      await expect(failing).rejects.toThrow('no ticket');
      expect((await stores.devices.batches()).filter(batch => batch.productId === product.id)).toEqual([]);
    });

    it('finds the children of a hub', async () => {
      const hub = await oneDevice(stores);
      const product = gasSensor();
      await stores.products.put(product);
      const { devices } = await stores.devices.insertBatch(
        { productId: product.id, count: 1, createdAt: noon },
        id => [{ ...deviceOf(product.id, id, 1), parentId: hub.id }],
      );
      expect(await stores.devices.childrenOf(hub.id)).toEqual(devices);
    });

    it('turns page after page over every device, each once', async () => {
      await devicesMade(stores, 7);
      const seen: string[] = [];
      for (let page = await stores.devices.page(null, 3); page.length > 0; ) {
        seen.push(...page.map(device => device.id));
        page = await stores.devices.page(seen.at(-1) ?? null, 3);
        if (seen.length > 5000) break;
      }
      const all = await stores.devices.page(null, 10_000);
      expect(seen).toEqual(all.map(device => device.id));
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThan(6);
    });

    it('changes a device’s credential, and nothing else of it', async () => {
      const device = await oneDevice(stores);
      const other = await oneDevice(stores);
      const fingerprint = 'f'.repeat(64);
      const certified = await stores.devices.putCredential(device.id, {
        certificateFingerprint: fingerprint,
      });
      expect(certified).toEqual({ ...device, certificateFingerprint: fingerprint });
      const revoked = await stores.devices.putCredential(device.id, { revokedAt: noon });
      expect(revoked).toEqual({ ...certified, revokedAt: noon });
      expect(await stores.devices.byId(device.id)).toEqual(revoked);
      expect(await stores.devices.byId(other.id)).toEqual(other);
      expect(await stores.devices.putCredential('no-such-device', { revokedAt: noon })).toBeNull();
    });

    it('answers null and nothing for what it does not know', async () => {
      expect(await stores.devices.byId(newId())).toBeNull();
      expect(await stores.devices.byNumber(999_999, 1)).toBeNull();
      expect(await stores.devices.byIds([newId()])).toEqual([]);
      expect(await stores.devices.byIds([])).toEqual([]);
      expect(await stores.devices.count('unknown')).toBe(0);
    });
  });
}

const byNumber = (a: { number: number }, b: { number: number }): number => a.number - b.number;
