// The scene that the specs of binding open on: a real store, a device that nobody has bound, and two people.
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { MadeDevice } from '#codecs/api';
import type { Account, Actor } from '#domain/accounts';
import { ManualClock } from '#domain/clock';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { BindingRoom, start } from './binding-room.fixture.js';
import type { Bindings } from './bindings.js';

// Live exports: who imports them sees what the test at hand was given.
export let stores: Stores;
export let clock: ManualClock;
export let room: BindingRoom;
export let bindings: Bindings;
export let device: MadeDevice;
export let lin: Actor;
export let bo: Actor;

/** One store for the whole file, all else made afresh before each of its tests. */
export function setTheScene(): void {
  beforeAll(async () => {
    stores = await openTemporarySqlite();
  });

  afterAll(() => stores.close());

  beforeEach(async () => {
    clock = new ManualClock(start);
    room = BindingRoom.on(stores, clock);
    ({ bindings } = room);
    [lin, bo] = [await person('Lin'), await person('Bo')];
    device = await room.made();
  });
}

export async function person(name: string, change: Partial<Account> = {}): Promise<Actor> {
  return (await someone(stores, name, change)).account;
}
