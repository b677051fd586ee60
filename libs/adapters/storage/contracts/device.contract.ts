// What every ProductStore and DeviceStore promises.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_GENERATION } from '#codecs/ticket';
import { hashToken, newId } from '#domain/accounts';
import type { Stores } from '../index.js';
import { batchOfProduct, devicesMade, devicesOf, gasSensor, noon, oneDevice } from './samples.contract.js';

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

    it('drops a product of which no batch was opened, and no other', async () => {
      const [unused, used] = [gasSensor(), gasSensor()];
      for (const product of [unused, used]) await stores.products.put(product);
      await stores.batches.open(batchOfProduct(used, 1));
      expect(await stores.products.drop(unused.id)).toBe(true);
      expect(await stores.products.drop(used.id)).toBe(false);
      expect(await stores.products.byId(unused.id)).toBeNull();
      expect(await stores.products.byId(used.id)).toEqual(used);
    });

    it('raises the generation of a label by one, up to the last that a ticket holds', async () => {
      const device = await oneDevice(stores);
      expect(await stores.devices.raiseGeneration(device.id)).toEqual({ ...device, generation: 1 });
      const [last] = await devicesOf(stores, { id: device.productId }, 1, each => ({
        ...each,
        generation: MAX_GENERATION,
      }));
      expect(await stores.devices.raiseGeneration(last?.id ?? '')).toBeNull();
      expect(await stores.devices.raiseGeneration('no-such-device')).toBeNull();
    });

    it('finds the children of a hub', async () => {
      const hub = await oneDevice(stores);
      const product = gasSensor();
      await stores.products.put(product);
      const parentId = hub.id;
      const devices = await devicesOf(stores, product, 1, device => ({ ...device, parentId }));
      expect(await stores.devices.childrenOf(hub.id)).toEqual(devices);
    });

    it('finds a thousand devices at once', async () => {
      const devices = await devicesMade(stores, 1000);
      const found = await stores.devices.byIds(devices.map(device => device.id));
      expect(found.sort(byNumber)).toEqual([...devices].sort(byNumber));
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

    it('replaces the secret that a device has, and none that it was given meanwhile', async () => {
      const device = await oneDevice(stores);
      const replaced = await stores.devices.replaceSecret(device, { secretHash: hashToken('next') });
      expect(replaced).toEqual({ ...device, secretHash: hashToken('next') });
      expect(await stores.devices.replaceSecret(device, { secretHash: hashToken('late') })).toBeNull();
      expect(await stores.devices.byId(device.id)).toEqual(replaced);
      const revoked = await stores.devices.putCredential(device.id, { revokedAt: noon });
      const { secretHash } = replaced ?? device;
      expect(
        await stores.devices.replaceSecret({ id: device.id, secretHash }, { secretHash: null }),
      ).toBeNull();
      expect(await stores.devices.byId(device.id)).toEqual(revoked);
    });

    it('puts the certificates of many devices, and nothing else of them', async () => {
      const [first, second, third] = await devicesMade(stores, 3);
      if (!first || !second || !third) throw new Error('three devices');
      const fingerprints = new Map([first, second].map(({ id }, at) => [id, `${at}`.repeat(64)]));
      await stores.devices.putCertificates(fingerprints);
      for (const device of [first, second, third]) {
        const certificateFingerprint = fingerprints.get(device.id) ?? null;
        expect(await stores.devices.byId(device.id)).toEqual({ ...device, certificateFingerprint });
      }
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
