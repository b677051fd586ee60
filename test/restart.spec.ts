// What a gateway that is stopped, killed and started again still knows, and what it does not say twice.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from 'better-sqlite3';
import mqtt, { type MqttClient } from 'mqtt';
import { sqliteBinding } from '#adapters/storage';
import type { MadeDevice } from '#codecs/api';
import { topicOf } from '#codecs/wire';
import { until } from './condition.js';
import { GatewayProcess } from './gateway-process.js';
import { Person } from './person.js';
import { PlainDevice } from './plain-device.js';
import { build } from './program.js';
import { quickProducts } from './quick-products.js';
import { storedSeqs } from './stored-seqs.js';
import { WebhookReceiver } from './webhook-receiver.js';

const unhurried = { MQTT_MESSAGES_PER_S: '100000', MQTT_BURST: '100000', WEBHOOK_ALLOW_PRIVATE: 'true' };
const hourMs = 60 * 60_000;

let folder: string;
let gateway: GatewayProcess;
let owner: Person;

beforeAll(build, 240_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'airbind-restart-'));
  gateway = await GatewayProcess.start(folder, unhurried);
  owner = await Person.signUp(gateway, 'Lan');
  for (const product of quickProducts) {
    await gateway.operator.call('putProduct', { params: { productId: product.id }, body: product });
  }
});

afterEach(async () => {
  owner.leave();
  await gateway.kill();
  await rm(folder, { recursive: true, force: true });
});

async function startAgain(): Promise<void> {
  owner.leave();
  gateway = await GatewayProcess.start(folder, unhurried);
  owner = await owner.at(gateway);
}

async function make(product: string, count = 1): Promise<MadeDevice[]> {
  return (await gateway.operator.call('makeBatch', { body: { product, count } })).devices;
}

async function boundGasSensor(): Promise<{ made: MadeDevice; device: PlainDevice }> {
  const [made] = await make('gas-sensor');
  if (!made) throw new Error('no gas sensor was made');
  const device = await PlainDevice.connect(made, gateway.mqttPort);
  await device.event('button');
  await owner.bind(made.ticket, { by: 'button' });
  return { made, device };
}

/** What the database holds, read beside whoever writes it, or written while nobody does. */
function inDatabase<T>(use: (database: Database) => T): T {
  const database = new (sqliteBinding())(join(folder, 'airbind.db'));
  try {
    return use(database);
  } finally {
    database.close();
  }
}

describe('a gateway that is stopped and started again', () => {
  it('ends with 0 and calls nobody of the fleet offline, though it was away for an hour', async () => {
    const doors = await make('door-contact', 5);
    for (const { ticket, pin = '' } of doors) await owner.bind(ticket, { by: 'pin', pin });
    const fleet = await Promise.all(doors.map(door => PlainDevice.connect(door, gateway.mqttPort)));
    await Promise.all(
      fleet.map((device, i) => device.report({ 'battery.percent': 90 }, { 'door.open': i === 0 })),
    );

    const { status, stderr } = await gateway.stop();
    expect({ status, faults: stderr.match(/"level":"(error|fatal)".*/g) }).toEqual({
      status: 0,
      faults: null,
    });
    await Promise.all(fleet.map(device => device.closed));

    const retained = inDatabase(database => {
      database.prepare('UPDATE device_states SET last_heard_at = last_heard_at - ?').run(hourMs);
      // Since then the first door stands open.
      database.prepare(`UPDATE rule_memories SET due_at = due_at - ${hourMs} WHERE due_at IS NOT NULL`).run();
      database
        .prepare(`UPDATE rule_memories SET state = json_set(state, '$.state.openSince', json_extract(state, '$.state.openSince') - ?)
                  WHERE json_extract(state, '$.state.openSince') IS NOT NULL`)
        .run(hourMs);
      return database.prepare('SELECT topic, payload FROM retained_messages').all() as {
        topic: string;
        payload: Uint8Array;
      }[];
    });
    const statuses = retained.filter(({ topic }) => topic.endsWith('/status'));
    expect(statuses).toHaveLength(doors.length);
    for (const { payload } of statuses)
      expect(JSON.parse(String(payload))).toEqual({ online: true, boot: 1 });

    await startAgain();
    // The time that passed while it was away counts for what is known: so the clock has been asked since.
    const { notice } = await owner.page.heard(({ step }) => step === 'raised');
    expect(await owner.call('alarms')).toMatchObject([
      { id: notice.alarmId, kind: 'left-open', deviceId: doors[0]?.id },
    ]);
    for (const { presence } of await owner.call('devices'))
      expect(['online', 'unknown']).toContain(presence.state);

    const back = await Promise.all(doors.map(door => PlainDevice.connect(door, gateway.mqttPort, 2)));
    await Promise.all(back.map(device => device.report({ 'battery.percent': 90 })));
    for (const { presence } of await owner.call('devices')) expect(presence.state).toBe('online');
    await Promise.all(back.map(device => device.cut()));
  });

  it('keeps an alarm open once, neither raises nor tells it anew, and goes on repeating it', async () => {
    const receiver = await WebhookReceiver.open();
    try {
      await owner.call('makeWebhook', { body: { url: receiver.url } });
      const { device } = await boundGasSensor();
      await device.report({ 'gas.lel': 14 }, { 'gas.alarm': true });
      const { notice: first } = await owner.page.heard(({ step }) => step === 'repeat');
      await until('the webhook has it', () =>
        receiver.taken.some(({ event }) => event.data.step === 'repeat'),
      );
      const before = await owner.call('alarms');

      expect((await gateway.stop()).status).toBe(0);
      await startAgain();

      const { notice } = await owner.page.heard(
        ({ step, counter }) => step === 'repeat' && counter > first.counter,
      );
      await until('the webhook is told of it', () =>
        receiver.taken.some(({ event }) => event.id.startsWith(notice.id)),
      );
      const after = await owner.call('alarms');
      expect(after).toHaveLength(1);
      expect(after).toMatchObject([{ id: before[0]?.id, state: 'raised', raisedAt: before[0]?.raisedAt }]);
      expect(after[0]?.timeline).toEqual(before[0]?.timeline);

      const told = (await owner.call('notices')).map(({ step }) => step).reverse();
      expect(told.filter(step => step === 'raised')).toHaveLength(1);
      expect(told[0]).toBe('raised');
      const posted = receiver.taken.map(({ event }) => event.id);
      expect(new Set(posted).size).toBe(posted.length);
      const numbers = receiver.taken.flatMap(({ event: { data } }) =>
        data.step === 'repeat' ? [data.number] : [],
      );
      expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    } finally {
      await receiver.close();
    }
  });
});

describe('a gateway that is killed', () => {
  const messages = 400;
  const alarmAt = 3;
  const boot = 7;

  const payloadOf = (seq: number): string =>
    JSON.stringify({ boot, seq, values: { 'gas.lel': 14 }, bits: { 'gas.alarm': seq >= alarmAt } });

  async function connect({ id, secret }: MadeDevice): Promise<MqttClient> {
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`, {
      ...{ clientId: id, username: id, password: secret, reconnectPeriod: 0 },
    });
    client.on('error', () => {});
    return client;
  }

  it.each([1, 2])('has all that it acknowledged, once, and the alarm that came of it (kill %i)', async () => {
    const { made, device } = await boundGasSensor();
    await device.cut();
    const dieAfter = alarmAt + 1 + Math.floor(Math.random() * (messages - 2 * alarmAt));

    const client = await connect(made);
    const acknowledged: number[] = [];
    let dead: Promise<unknown> | undefined;
    for (let seq = 0; seq < messages; seq += 1) {
      client.publish(topicOf(made.id, 'telemetry'), payloadOf(seq), { qos: 1 }, fault => {
        if (fault) return;
        acknowledged.push(seq);
        if (acknowledged.length === dieAfter) dead = gateway.kill();
      });
    }
    await until('the gateway is dead', () => dead !== undefined);
    await dead;
    await client.endAsync(true);
    expect(acknowledged.length).toBeGreaterThanOrEqual(dieAfter);

    await startAgain();
    const stored = storedSeqs(folder, made.id, boot);
    const lost = acknowledged.filter(seq => !stored.includes(seq));
    expect({ dieAfter, lost }).toEqual({ dieAfter, lost: [] });
    expect(new Set(stored).size).toBe(stored.length);
    const alarms = await owner.call('alarms');
    expect(alarms).toMatchObject([{ kind: 'gas', deviceId: made.id }]);

    const again = await connect(made);
    await Promise.all(
      Array.from({ length: messages }, (_, seq) =>
        again.publishAsync(topicOf(made.id, 'telemetry'), payloadOf(seq), { qos: 1, dup: true }),
      ),
    );
    await again.endAsync(true);
    expect(storedSeqs(folder, made.id, boot)).toEqual(Array.from({ length: messages }, (_, seq) => seq));
    expect((await owner.call('alarms')).map(({ id }) => id)).toEqual(alarms.map(({ id }) => id));
    const raised = (await owner.call('notices')).filter(({ step }) => step === 'raised');
    expect(raised.map(({ alarmId }) => alarmId)).toEqual(alarms.map(({ id }) => id));
  });
});
