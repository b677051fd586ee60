// The end of an account, on SQLite: its file has not a byte of the person either.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { until } from '../../../test/condition.js';
import { startTestGateway, TestCaller } from '../gateway.fixture.js';
import { endOfAnAccount } from './farewell.contract.js';
import { LeavingHousehold } from './leaving-household.fixture.js';

describe('the end of an account, on SQLite', () =>
  endOfAnAccount(
    async () => ({}),
    gateway => `sqlite:${join(gateway.dataFolder, 'airbind.db')}`,
  ));

it('the file of the database has not a byte of somebody who has left, nor has its log', async () => {
  const gateway = await startTestGateway();
  try {
    const household = await LeavingHousehold.open(gateway);
    const bytesOf = async () => {
      const files = ['airbind.db', 'airbind.db-wal'].map(file => readFile(join(gateway.dataFolder, file)));
      return Buffer.concat(await Promise.all(files));
    };
    expect((await bytesOf()).includes(household.mark)).toBe(true);
    const { token } = await household.leaver.call('leaveGateway', { body: household.farewellBody });
    const caller = new TestCaller(gateway.url);
    const isDone = async () => (await caller.call('farewell', { params: { token } })).certificate !== null;
    await until('there is a certificate', isDone);
    expect((await bytesOf()).includes(household.mark)).toBe(false);
  } finally {
    await gateway.close();
  }
});
