// What every BatchStore promises: slices that are whole or not there, and an export that only one can move.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Product } from '#codecs/api';
import { newId } from '#domain/accounts';
import { registeredBinding } from '#domain/binding';
import { type Batch, type Device, nothingExported } from '#domain/devices';
import type { Stores } from '../index.js';
import { batchOfProduct, deviceOf, gasSensor, noon } from './samples.contract.js';

export function batchStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`BatchStore on ${name}`, () => {
    let stores: Stores;
    let product: Product;
    let batch: Batch;

    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());

    beforeEach(async () => {
      product = gasSensor();
      await stores.products.put(product);
      batch = await stores.batches.open(batchOfProduct(product, 4, `b-${newId()}`));
    });

    const made = (...numbers: number[]) => numbers.map(number => deviceOf(product.id, batch.id, number));
    const now = () => stores.batches.byId(batch.id);

    it('opens a batch once, however often and by however many it is asked for', async () => {
      const draft = batchOfProduct(product, 4, `b-${newId()}`);
      const opened = await Promise.all([1, 2, 3].map(() => stores.batches.open(draft)));
      const [first] = opened;
      expect(first).toEqual({ ...draft, id: expect.any(Number) });
      expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
      expect(await stores.batches.byName(draft.name ?? '')).toEqual(first);
      expect(await stores.batches.open({ ...draft, count: 9 })).toEqual(first);
      expect(await stores.batches.all()).toContainEqual(first);
      expect(await stores.batches.byName('no-such-batch')).toBeNull();
    });

    it('gives batches without a name numbers of their own', async () => {
      const draft = batchOfProduct(product, 1);
      const opened = await Promise.all([stores.batches.open(draft), stores.batches.open(draft)]);
      expect(new Set(opened.map(({ id }) => id)).size).toBe(2);
    });

    it('writes a slice of devices with a registered binding for each', async () => {
      const devices = made(1, 2, 3);
      expect(await stores.batches.add(batch.id, 0, devices)).toBe('added');
      expect(await now()).toEqual({ ...batch, made: 3 });
      expect(await stores.batches.devices(batch.id, 1, 10)).toEqual(devices.slice(1));
      expect(await stores.batches.devices(batch.id, 0, 1)).toEqual(devices.slice(0, 1));
      expect(await stores.devices.count(product.id)).toBe(3);
      for (const device of devices) {
        expect(await stores.devices.byId(device.id)).toEqual(device);
        expect(await stores.devices.byNumber(batch.id, device.number)).toEqual(device);
        expect(await stores.bindings.byDevice(device.id)).toEqual(registeredBinding(device.id));
      }
    });

    it('writes of two slices at one place the first alone', async () => {
      const slices = [made(1, 2), made(1, 2)];
      const added = await Promise.all(slices.map(slice => stores.batches.add(batch.id, 0, slice)));
      expect(added.sort()).toEqual(['added', 'overtaken']);
      expect(await now()).toEqual({ ...batch, made: 2 });
      expect(await stores.devices.count(product.id)).toBe(2);
    });

    it.each<[string, (other: Device) => Partial<Device>]>([
      ['serial number', ({ serial }) => ({ serial })],
      ['MAC address', ({ mac }) => ({ mac })],
    ])('writes nothing of a slice in which one has the %s of another device', async (_, same) => {
      const mac = Array.from({ length: 6 }, () => Math.floor(Math.random() * 256).toString(16)).join(':');
      const [other = deviceOf(product.id, batch.id, 1)] = made(1);
      await stores.batches.add(batch.id, 0, [{ ...other, mac }]);
      const [second, third] = made(2, 3);
      if (!second || !third) throw new Error('two devices');
      const slice = [second, { ...third, ...same({ ...other, mac }) }];
      expect(await stores.batches.add(batch.id, 1, slice)).toBe('taken');
      expect(await now()).toEqual({ ...batch, made: 1 });
      expect(await stores.devices.byId(second.id)).toBeNull();
      expect(await stores.batches.taken([other.serial, 'free'], [mac])).toEqual([
        { serial: other.serial, mac },
      ]);
      expect(await stores.batches.taken([], [])).toEqual([]);
    });

    it('lets one of two that export at once go on', async () => {
      const next = (receipt: string) => ({ ...nothingExported, issued: 2, issuedReceipt: receipt });
      const moved = await Promise.all(
        ['a', 'b'].map(receipt => stores.batches.moveExport(batch.id, batch, next(receipt))),
      );
      expect(moved.sort()).toEqual([false, true]);
      const after = await now();
      if (after === null) throw new Error('the batch is there');
      const further = { ...after, exported: 2, exportedReceipt: after.issuedReceipt };
      expect(await stores.batches.moveExport(batch.id, batch, further)).toBe(false);
      expect(await stores.batches.moveExport(batch.id, after, further)).toBe(true);
      expect(await now()).toEqual(further);
    });

    it('writes secrets for the slice on its way, and for no earlier one', async () => {
      const devices = made(1, 2, 3);
      await stores.batches.add(batch.id, 0, devices);
      const place = { ...nothingExported, issued: 2, issuedReceipt: 'mine' };
      await stores.batches.moveExport(batch.id, batch, place);
      const secrets = [1, 2].map(number => ({ number, secretHash: `${number}`.repeat(64) }));
      expect(await stores.batches.putSecrets(batch.id, 'mine', secrets)).toBe(true);
      const other = [{ number: 1, secretHash: 'f'.repeat(64) }];
      expect(await stores.batches.putSecrets(batch.id, 'another', other)).toBe(false);
      const hashes = (await stores.batches.devices(batch.id, 0, 3)).map(({ secretHash }) => secretHash);
      expect(hashes).toEqual(['1'.repeat(64), '2'.repeat(64), devices[2]?.secretHash]);
    });

    it('keeps no receipt of a confirmed export, and moves it no more', async () => {
      const place = { exported: 4, exportedReceipt: 'a', issued: 4, issuedReceipt: 'a' };
      await stores.batches.moveExport(batch.id, batch, place);
      await stores.batches.confirm(batch.id, noon);
      const confirmed = {
        ...batch,
        ...place,
        exportedReceipt: null,
        issuedReceipt: null,
        confirmedAt: noon,
      };
      expect(await now()).toEqual(confirmed);
      expect(await stores.batches.moveExport(batch.id, confirmed, nothingExported)).toBe(false);
      expect(await stores.batches.putSecrets(batch.id, 'a', [])).toBe(false);
    });
  });
}
