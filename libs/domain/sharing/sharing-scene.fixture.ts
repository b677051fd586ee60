// The scene that the specs of sharing open on: an owner with a device in a home, and two people who are nobody there yet.
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { type Capability, capabilities, type MadeDevice, type Right } from '#codecs/api';
import type { Actor } from '#domain/accounts';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import type { Subject } from './grant.js';
import { SharingRoom } from './sharing-room.fixture.js';

export const hour = 3_600_000;
export const everything = [...capabilities];

// Live exports: who imports them sees what the test at hand was given.
export let stores: Stores;
export let room: SharingRoom;
export let mei: Actor;
export let bo: Actor;
export let made: MadeDevice;
export let device: Subject;
export let home: Subject;

/** One store for the whole file, all else made afresh before each of its tests. */
export function setTheScene(): void {
  beforeAll(async () => {
    stores = await openTemporarySqlite();
  });

  afterAll(() => stores.close());

  beforeEach(async () => {
    room = await SharingRoom.open(stores);
    [mei, bo] = [await room.person('Mei'), await room.person('Bo')];
    made = await room.device();
    device = { kind: 'device', id: made.id };
    home = { kind: 'home', id: room.home.id };
  });
}

export const may = (person: Actor, right: Right, on = device.id) =>
  room.rights.onDevice(right, on, person).then(
    () => true,
    () => false,
  );

export const invite = (can: Capability[], by = room.owner, subject = device, until: number | null = null) =>
  room.invitations.invite(subject, by, { can, until, validHours: 2 });
