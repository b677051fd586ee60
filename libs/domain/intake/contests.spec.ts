// A contested credential: who hears of it, how often, and what stands in the ledger.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stores } from '#adapters/storage';
import type { Account } from '#domain/accounts';
import type { Device } from '#domain/devices';
import { someone } from '../../adapters/storage/contracts/samples.contract.js';
import { openTemporarySqlite } from '../../adapters/storage/contracts/temporary-stores.contract.js';
import { Contests } from './contests.js';
import { minute, Stage } from './stage.contract.js';

describe('a contested credential', () => {
  let stores: Stores;
  let stage: Stage;
  let operator: Account;
  let contests: Contests;

  beforeAll(async () => {
    stores = await openTemporarySqlite();
    operator = (await someone(stores, 'Op', { role: 'operator' })).account;
  });
  afterAll(() => stores.close());

  beforeEach(async () => {
    stage = await Stage.open(stores);
    contests = new Contests(stores.bindings, stores.accounts, stage.process.matters, stage.clock);
  });

  const told = async ({ id }: Account, device: Device) =>
    (await stage.notices(id))
      .filter(notice => notice.deviceId === device.id && notice.about === 'credential-contested')
      .map(({ title }) => title.en);
  const rows = async ({ id }: Device) =>
    (await stores.bindings.ledger(id, 100)).filter(({ what }) => what === 'credential-contested');

  it('is told to the owner and to the operators, and stands in the ledger', async () => {
    const device = await stage.boundDevice();
    await contests.note(device.id);
    expect(await told(stage.owner, device)).toEqual(['Kitchen: somebody else speaks in its name']);
    expect(await told(operator, device)).toHaveLength(1);
    expect(await rows(device)).toMatchObject([{ epoch: 1, accountId: null, at: stage.clock.now() }]);
  });

  it('is told once to an operator who is told of the device anyway', async () => {
    const device = await stage.device();
    await contests.note(device.id);
    expect(await told(operator, device)).toHaveLength(1);
  });

  it('that goes on is told once a day', async () => {
    const device = await stage.boundDevice();
    for (let minutes = 0; minutes <= 24 * 60; minutes += 30) {
      await contests.note(device.id);
      stage.clock.advance(30 * minute);
    }
    expect(await told(stage.owner, device)).toHaveLength(2);
    expect(await rows(device)).toHaveLength(2);
  });

  it('of a device that nobody knows says nothing', async () => {
    await expect(contests.note('nobody')).resolves.toBeUndefined();
  });
});
