// A device that makes up names for what it measures: it is heard, and fills neither the memory nor the store with them.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { Stage } from './stage.contract.js';

let stores: Stores;

beforeAll(async () => {
  stores = await openTemporarySqlite();
});
afterAll(() => stores.close());

it('leaves the last values of what its product declares, and nothing else', async () => {
  const stage = await Stage.open(stores);
  const device = await stage.boundDevice();
  for (let seq = 0; seq < 20; seq += 1) {
    const made = Array.from({ length: 30 }, (_, n) => `made.up${seq}.n${n}`);
    const values = Object.fromEntries([...made.map(name => [name, 1] as const), ['gas.lel', seq]]);
    const bits = Object.fromEntries([...made.map(name => [name, true] as const), ['door.open', false]]);
    await stage.say(device, { kind: 'telemetry', body: { boot: 2, seq, values, bits } });
  }
  const file = await stage.intake.file(device.id);
  expect(file?.state.values).toEqual({ 'gas.lel': 19 });
  expect(file?.state.bits).toEqual({ 'door.open': false });
  await stage.restart();
  expect((await stage.intake.file(device.id))?.state.values).toEqual({ 'gas.lel': 19 });
});
