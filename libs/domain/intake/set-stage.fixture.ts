// What the suites of the intake open on: one real store for all, and before each test a fresh stage on it.
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { Actor } from '#domain/accounts';
import type { Alarm } from '#domain/alarms';
import type { Device } from '#domain/devices';
import { Stage } from './stage.contract.js';

// Live exports: who imports them sees what the test at hand was given.
export let stores: Stores;
export let stage: Stage;
export let owner: Actor;
/** Bound by `owner`, once it was asked for with `stageADevice`. */
export let device: Device;

/** To be called inside of a `describe`, or at the top of a file. */
export function setTheStage(open: () => Promise<Stores>): void {
  beforeAll(async () => {
    stores = await open();
  });

  afterAll(() => stores.close());

  beforeEach(async () => {
    stage = await Stage.open(stores);
    ({ owner } = stage);
  });
}

/** As `setTheStage`, with a device in the hands of its owner. */
export function stageADevice(open: () => Promise<Stores>): void {
  setTheStage(open);

  beforeEach(async () => {
    device = await stage.boundDevice();
  });
}

/** @throws Error if the device has none, or others beside it */
export async function onlyAlarm(): Promise<Alarm> {
  const [alarm, ...others] = await stage.alarms(device);
  if (alarm === undefined || others.length > 0)
    throw new Error(`${others.length} alarms beside ${alarm?.id}`);
  return alarm;
}
