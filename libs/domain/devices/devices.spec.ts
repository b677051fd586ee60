// Devices as they are made, named and known, on a real store.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { type Product, productSchema } from '#codecs/api';
import { createKeyRing, derivePin, issueTicket, type KeptKeyRing, rotateKeyRing } from '#codecs/ticket';
import { hashToken } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import { gasSensor } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { CredentialExports } from './credential-exports.js';
import { Credentials } from './credentials.js';
import { pinSubject } from './device.js';
import { Manufacture } from './manufacture.js';
import { ProductChanges } from './product-changes.js';
import { Products } from './products.js';
import { Tickets } from './tickets.js';

const now = 1_763_700_000_000;

class ChangedProducts extends ProductChanges {
  readonly ids: string[] = [];

  async changed(productId: string): Promise<void> {
    this.ids.push(productId);
  }
}

describe('devices', () => {
  let stores: Stores;
  let ring: KeptKeyRing;
  let tickets: Tickets;
  let manufacture: Manufacture;
  let product: Product;
  const keys = { current: () => ring };

  beforeAll(async () => {
    stores = await openTemporarySqlite();
  });

  afterAll(() => stores.close());

  const publicUrl = { href: 'https://gw.example', isChosen: true };
  beforeEach(async () => {
    ring = createKeyRing(Buffer.alloc(32, 1), new Date(now));
    tickets = new Tickets(keys, publicUrl, stores.devices);
    const clock = new ManualClock(now);
    const exports = new CredentialExports(stores.products, stores.batches, tickets, keys, clock);
    manufacture = new Manufacture(
      stores.products,
      stores.devices,
      stores.batches,
      exports,
      keys,
      publicUrl,
      clock,
    );
    product = gasSensor();
    await stores.products.put(product);
  });

  async function one(bindingPolicy: Product['bindingPolicy'] = 'button') {
    await stores.products.put({ ...product, bindingPolicy });
    const { devices } = await manufacture.makeBatch(product.id, 1);
    const [made] = devices;
    const stored = made ? await stores.devices.byId(made.id) : null;
    if (made === undefined || stored === null) throw new Error('no device was made');
    return { made, stored };
  }

  describe('a batch', () => {
    it('gives every device an id, a serial, a secret and a ticket of its own', async () => {
      const { batch, devices } = await manufacture.makeBatch(product.id, 20);
      expect(batch).toMatchObject({ productId: product.id, count: 20, createdAt: now });
      for (const what of ['id', 'serial', 'secret', 'ticket', 'url'] as const) {
        expect(new Set(devices.map(device => device[what])).size).toBe(20);
      }
      const [first] = devices;
      const batchDigits = batch.id.toString().padStart(4, '0');
      expect(first).toMatchObject({
        id: `d${batch.id}-1`,
        serial: `${batchDigits}-000001`,
        product: product.id,
        url: expect.stringMatching(/^HTTPS:\/\/GW\.EXAMPLE\/D\/[0-9A-Z]{28}$/),
      });
      expect(await manufacture.batches()).toContainEqual(batch);
    });

    it('leaves of a secret only its hash', async () => {
      const { made, stored } = await one();
      expect(Buffer.from(made.secret, 'base64url')).toHaveLength(32);
      expect(stored.secretHash).toBe(hashToken(made.secret));
      expect(JSON.stringify(stored)).not.toContain(made.secret);
    });

    it('has PINs only where the PIN is the proof', async () => {
      expect((await one('button')).made).not.toHaveProperty('pin');
      const { made, stored } = await one('pin');
      expect(made.pin).toMatch(/^\d{6,12}$/);
      expect(JSON.stringify(stored)).not.toContain(made.pin);
    });

    it('is refused for a product that nobody declared', async () => {
      await expect(manufacture.makeBatch('no-such-product', 1)).rejects.toMatchObject({
        code: 'product-unknown',
      });
    });

    it('can be made for a hub, and not for a child or for nobody', async () => {
      const { made: hub } = await one();
      const { devices } = await manufacture.makeBatch(product.id, 2, hub.id);
      expect((await stores.devices.childrenOf(hub.id)).map(({ id }) => id)).toEqual(
        devices.map(({ id }) => id),
      );
      for (const parentId of [devices[0]?.id ?? '', 'no-such-device']) {
        await expect(manufacture.makeBatch(product.id, 1, parentId)).rejects.toMatchObject({
          code: 'invalid-request',
        });
      }
    });
  });

  describe('a ticket', () => {
    it('names its device in every form, and nothing else does', async () => {
      const { made, stored } = await one();
      const { ticket, url, spoken } = tickets.of(stored);
      expect({ ticket, url }).toEqual({ ticket: made.ticket, url: made.url });
      for (const text of [ticket, url, url.toLowerCase(), spoken]) {
        expect(await tickets.find(text)).toEqual({ device: stored, current: true });
      }
      const mistyped = `${ticket.slice(0, -1)}${ticket.endsWith('0') ? '1' : '0'}`;
      expect(await tickets.find(mistyped)).toBeNull();
    });

    it('printed before a change of keys goes on naming its device, and so does its reprint', async () => {
      const { made, stored } = await one('pin');
      ring = rotateKeyRing(ring, Buffer.alloc(32, 2), new Date(now));
      expect(await tickets.find(made.ticket)).toEqual({ device: stored, current: true });
      expect(tickets.of(stored).ticket).toBe(made.ticket);
      expect(derivePin(ring, pinSubject(stored))).toBe(made.pin);
    });

    it('made after a change of keys is made with the new one', async () => {
      ring = rotateKeyRing(ring, Buffer.alloc(32, 2), new Date(now));
      const { made, stored } = await one();
      expect(stored.keyId).toBe(ring.current);
      expect(await tickets.find(made.ticket)).toEqual({ device: stored, current: true });
    });

    it('of an earlier or later generation is known, and not current', async () => {
      const { stored } = await one();
      const { batch, number } = stored;
      const other = issueTicket(ring, { batch, number, generation: 1 });
      expect(await tickets.find(other)).toEqual({ device: stored, current: false });
    });
  });

  describe('a credential', () => {
    it('lets the device in, and alike refuses a wrong secret and an unknown device', async () => {
      const credentials = new Credentials(stores.devices, new ManualClock(now));
      const [{ made, stored }, { made: other }] = [await one(), await one()];
      expect(await credentials.check(made.id, made.secret)).toEqual(stored);
      expect(await credentials.check(made.id, other.secret)).toBeNull();
      expect(await credentials.check(made.id, '')).toBeNull();
      expect(await credentials.check(made.id, stored.secretHash ?? '')).toBeNull();
      expect(await credentials.check('no-such-device', made.secret)).toBeNull();
    });
  });

  describe('a product', () => {
    const label = { zh: '电量', en: 'Battery' };
    const battery = { name: 'battery.percent', label, unit: '%', min: 0, max: 100 };
    const maker = { id: 'maker' };
    let products: Products;
    let changed: ChangedProducts;

    beforeEach(() => {
      changed = new ChangedProducts();
      products = new Products(stores.products, stores.devices, changed, new ManualClock(now));
    });

    it('can gain a reading while devices report, and not lose one', async () => {
      await one();
      const richer = { ...product, readings: [...product.readings, battery] };
      expect(await products.put(product.id, richer, maker)).toEqual(richer);
      await expect(products.put(product.id, product, maker)).rejects.toMatchObject({
        code: 'product-in-use',
        details: { detail: expect.stringContaining('battery.percent') },
      });
      expect(await products.byId(product.id)).toEqual(richer);
      expect(changed.ids).toEqual([product.id]);
    });

    it('can lose a reading while nothing was made of it', async () => {
      await products.put(product.id, { ...product, readings: [...product.readings, battery] }, maker);
      await products.put(product.id, product, maker);
      expect(await products.byId(product.id)).toEqual(product);
    });

    it('knows what it was when, and by whom it was changed; what is put again as it was is no change', async () => {
      await one();
      const richer = { ...product, readings: [...product.readings, battery] };
      for (const _ of ['once', 'again']) await products.put(product.id, richer, maker);
      expect((await stores.products.changes(product.id)).map(({ at, by }) => [at, by])).toEqual([
        [0, null],
        [now, 'maker'],
      ]);
    });

    it('is refused under the name of another', async () => {
      await expect(products.put('another', product, maker)).rejects.toMatchObject({
        code: 'invalid-request',
        details: { faults: [{ field: 'id' }] },
      });
      expect(await products.byId('another')).toBeNull();
      expect(changed.ids).toEqual([]);
    });
  });
});

describe('the products that a gateway begins with', () => {
  it('are stocked once, are valid as the interface has them, and give way to what is there', async () => {
    const stores = await openTemporarySqlite();
    const products = new Products(stores.products, stores.devices, new ChangedProducts(), new ManualClock(0));
    await products.stock();
    const stocked = await products.all();
    expect(stocked).toHaveLength(7);
    for (const product of stocked) expect(productSchema.parse(product)).toEqual(product);
    const [first] = stocked;
    if (first === undefined) throw new Error('nothing was stocked');
    await products.put(first.id, { ...first, intervalS: 7 }, { id: 'operator' });
    await products.stock();
    expect(await products.byId(first.id)).toMatchObject({ intervalS: 7 });
    await stores.close();
  });
});
