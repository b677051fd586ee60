// From an alarm to a person on PostgreSQL, over a restart: the whole house on the other database.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { temporaryDatabase } from '../libs/adapters/storage/contracts/temporary-stores.contract.js';
import { until } from './condition.js';
import { Household } from './household.js';
import { describeWith } from './needs.js';
import { PlainDevice } from './plain-device.js';
import { WebhookReceiver } from './webhook-receiver.js';

const server = process.env.TEST_POSTGRES_URL ?? '';

describeWith('TEST_POSTGRES_URL', 'PostgreSQL (set TEST_POSTGRES_URL to a database for tests)')(
  'a gateway on PostgreSQL',
  () => {
    let database: Awaited<ReturnType<typeof temporaryDatabase>>;
    let folder: string;
    let household: Household;

    beforeAll(async () => {
      database = await temporaryDatabase(server);
      folder = await mkdtemp(join(tmpdir(), 'airbind-postgres-'));
      household = await open();
    });

    afterAll(async () => {
      await household.close();
      await database.drop();
      await rm(folder, { recursive: true });
    });

    const open = () => Household.open({ DATABASE_URL: database.url, AIRBIND_DATA: folder });

    it('takes an alarm from its packet to its owner and to its end, with a restart in between', async () => {
      const receiver = await WebhookReceiver.open();
      try {
        expect(await household.operator.call('status')).toMatchObject({ storage: 'postgres' });
        const made = await household.make('gas-sensor');
        const owner = await household.person('Lan');
        const neighbour = await household.person('Bao');
        await owner.call('makeWebhook', { body: { url: receiver.url } });
        const before = await PlainDevice.connect(made, household.gateway.mqttPort);
        await before.event('button');
        await owner.bind(made.ticket, { by: 'button' }, 'Kitchen');
        await before.report({ 'gas.lel': 14 }, { 'gas.alarm': true });
        const { notice } = await owner.page.heard(({ step }) => step === 'raised');
        const params = { alarmId: notice.alarmId ?? '' };
        expect(await owner.call('acknowledge', { params })).toMatchObject({ state: 'acknowledged' });
        await until('the webhook has both', () => receiver.taken.length >= 2);
        expect((await neighbour.raw('alarm', { params })).status).toBe(404);

        await household.close();
        await before.cut();
        household = await open();
        const again = await owner.at(household.gateway);
        try {
          expect(await again.call('alarms')).toMatchObject([{ id: params.alarmId, state: 'acknowledged' }]);
          const device = await PlainDevice.connect(made, household.gateway.mqttPort, 2);
          await until('the air is clear', async () => {
            await device.report({ 'gas.lel': 0 }, { 'gas.alarm': false });
            return (await again.call('alarm', { params })).state === 'latched';
          });
          expect(await again.call('reset', { params })).toMatchObject({
            state: 'cleared',
            endReason: 'reset',
          });
          await until(
            'the webhook is told of the end',
            () => receiver.taken.at(-1)?.event.data.step === 'cleared',
          );
          await device.cut();
        } finally {
          again.leave();
        }
        const told = receiver.taken.map(({ event }) => event.data.step).filter(step => step !== 'repeat');
        expect(told).toEqual(['raised', 'acknowledged', 'calm', 'cleared']);
      } finally {
        await receiver.close();
      }
    });
  },
);
