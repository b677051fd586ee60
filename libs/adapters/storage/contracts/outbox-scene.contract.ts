// What the suites of the outbox open on: an empty store, and people who can be reached.
import { afterEach, beforeEach, expect } from '@jest/globals';
import type { Endpoint, LeasedDelivery, NoticeDraft } from '#domain/notices';
import type { Stores } from '../index.js';
import { batchOf, deliveryOf, endpointOf, noon, settlementOf, someone } from './samples.contract.js';

export const leaseMs = 1_000;
export const accepted = settlementOf('accepted', '200');

// A live export: who imports it sees what the test at hand was given.
export let stores: Stores;

/** To be called inside of a `describe`: a store of its own for each test, since what one leaves due would be due in the next. */
export function openAStore(open: () => Promise<Stores>): void {
  beforeEach(async () => {
    stores = await open();
  });
  afterEach(() => stores.close());
}

export async function reachable(known?: { id: string }) {
  const account = known ?? (await someone(stores)).account;
  const endpoint = endpointOf(account.id);
  await stores.endpoints.insert(endpoint);
  return { account, endpoint };
}

export async function queued(endpoint: Endpoint, notices: NoticeDraft[], dueAt = noon): Promise<void> {
  const deliveries = notices.map(notice => deliveryOf(notice, endpoint, dueAt));
  await stores.intake.commit(batchOf({ notices, deliveries }));
}

export async function leasedAt(now: number): Promise<LeasedDelivery> {
  const [delivery, ...more] = await stores.outbox.lease(now, leaseMs, 10);
  expect(more).toEqual([]);
  if (!delivery) throw new Error(`nothing is due at ${now}`);
  return delivery;
}
