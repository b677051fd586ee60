// A factory on a real store: what makes batches of one product, exports their credentials and prints their codes.
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { Product } from '#codecs/api';
import { createKeyRing } from '#codecs/ticket';
import { ManualClock } from '#domain/clock';
import { gasSensor } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import type { Batch } from './batch.js';
import { CredentialExports } from './credential-exports.js';
import { Manufacture } from './manufacture.js';
import { Tickets } from './tickets.js';

export const now = 1_763_700_000_000;
const ring = createKeyRing(Buffer.alloc(32, 1), new Date(now));
export const keys = { current: () => ring };

// Live exports: who imports them sees what the test at hand was given.
export let stores: Stores;
export let product: Product;
export let exports: CredentialExports;
export let manufacture: Manufacture;
export let tickets: Tickets;

const publicUrl = { href: 'https://gw.example', isChosen: true };

/** One for the whole file, and a product of its own for each test. */
export function openTheFactory(): void {
  beforeAll(async () => {
    stores = await openTemporarySqlite();
    const clock = new ManualClock(now);
    tickets = new Tickets(keys, publicUrl, stores.devices);
    exports = new CredentialExports(stores.products, stores.batches, tickets, keys, clock);
    manufacture = new Manufacture(
      stores.products,
      stores.devices,
      stores.batches,
      exports,
      keys,
      publicUrl,
      clock,
    );
  });

  afterAll(() => stores.close());

  beforeEach(async () => {
    product = gasSensor();
    await stores.products.put(product);
  });
}

let names = 0;

export function planOf(count: number, unitsHash: string | null = null) {
  names += 1;
  return { name: `batch-of-${names}`, productId: product.id, count, parentId: null, unitsHash };
}

export const opened = (count: number) => manufacture.open(planOf(count));

export async function madeOf(count: number): Promise<Batch> {
  return manufacture.fill(await opened(count), 0, count);
}
