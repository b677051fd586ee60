// An outbox on a real store, a dispatcher that empties it, and what specs ask of both.
import { afterEach, beforeEach } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { AlarmClass, NoticeStep } from '#codecs/api';
import { type Account, newId } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import {
  batchOf,
  deliveryOf,
  endpointOf,
  noticeOf,
  someone,
} from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { Chance } from './chance.js';
import type { Delivery } from './delivery.js';
import { Dispatcher } from './dispatcher.js';
import type { Endpoint } from './endpoint.js';
import { PlayedChannels } from './played-channels.fixture.js';

export const now = 1_763_700_000_000;
export const hour = 3_600_000;

// Live exports: who imports them sees what the test at hand was given.
export let stores: Stores;
export let clock: ManualClock;
export let channels: PlayedChannels;
export let dispatcher: Dispatcher;
export let account: Account;
export let endpoint: Endpoint;

/** All of it afresh before each test: what another one leaves due would be due in the next. */
export function openAnOutbox(): void {
  beforeEach(async () => {
    stores = await openTemporarySqlite();
    clock = new ManualClock(now);
    channels = new PlayedChannels();
    anotherDispatcher();
    account = (await someone(stores)).account;
    endpoint = await anEndpoint();
  });

  afterEach(async () => {
    await dispatcher.stop();
    await stores.close();
  });
}

/** In the place of the one before, which nobody waits for any more. */
export function anotherDispatcher(): void {
  dispatcher = new Dispatcher(stores.outbox, channels, clock, new Chance());
}

export async function anEndpoint(change: Partial<Endpoint> = {}): Promise<Endpoint> {
  const made = endpointOf(account.id, change);
  await stores.endpoints.insert(made);
  return made;
}

/** Puts one delivery a step of a new alarm into the outbox. */
export async function queue(
  steps: readonly NoticeStep[],
  to = endpoint,
  alarmClass: AlarmClass = 'L',
): Promise<string> {
  const alarmId = newId();
  const notices = steps.map(step =>
    noticeOf(account.id, { subjectId: alarmId, step, class: alarmClass, createdAt: now }),
  );
  const deliveries = notices.map(notice => deliveryOf(notice, to, now));
  await stores.intake.commit(batchOf({ notices, deliveries }));
  return alarmId;
}

export const states = async (alarmId: string): Promise<Delivery[]> =>
  stores.outbox.ofAlarm(account.id, alarmId);

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}

export const settled = (alarmId: string) =>
  until(async () => (await states(alarmId)).every(({ state }) => state !== 'due'));

export const attempts = (count: number, alarmId: string) =>
  until(async () => (await states(alarmId)).some(delivery => delivery.attempts === count));
