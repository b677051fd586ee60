// Alarms go out to a webhook and to ntfy while the gateway is killed: the judge of what people were told finds nothing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sqliteBinding } from '#adapters/storage';
import { type MadeDevice, type Product, productSchema } from '#codecs/api';
import { brokenPromises, type Taken, type ToldHistory } from '../libs/domain/intake/told-history.fixture.js';
import { until } from './condition.js';
import { GatewayProcess } from './gateway-process.js';
import { Person } from './person.js';
import { PlainDevice } from './plain-device.js';
import { build } from './program.js';
import { keysOf, UnrulyReceivers } from './unruly-receivers.js';

const settings = { MQTT_MESSAGES_PER_S: '100000', MQTT_BURST: '100000', WEBHOOK_ALLOW_PRIVATE: 'true' };

const text = { zh: '探测器', en: 'Detector' };
const bits = Array.from({ length: 8 }, (_, i) => `smoke${i}.alarm`);
/** A smoke alarm a bit, over a second after its bit is off. */
const product: Product = productSchema.parse({
  id: 'smokes',
  name: text,
  icon: 'gas',
  readings: [],
  bits: bits.map(name => ({ name, label: text, on: text, off: text })),
  commands: [],
  intervalS: 86_400,
  power: 'mains',
  safetyClass: 'L',
  bindingPolicy: 'button',
  rules: bits.map((bit, i) => ({
    id: `smoke${i}`,
    kind: 'smoke',
    bit,
    clearAfterS: 1,
    repeatAfterS: [2, 86_400],
  })),
  page: { about: text },
});

let folder: string;
let gateway: GatewayProcess;
let owner: Person;
let receivers: UnrulyReceivers;

beforeAll(build, 240_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'airbind-told-'));
  receivers = await UnrulyReceivers.open();
  gateway = await GatewayProcess.start(folder, settings);
  owner = await Person.signUp(gateway, 'Lan');
  await gateway.operator.call('putProduct', { params: { productId: product.id }, body: product });
});

afterEach(async () => {
  owner.leave();
  await gateway.kill();
  await receivers.close();
  await rm(folder, { recursive: true, force: true });
});

/** In the moment in which the receivers have been called so many times; what is out then is neither known nor lost. */
async function killAfter(calls: number): Promise<void> {
  const enough = receivers.calls + calls;
  receivers.silentFrom = enough;
  await until(`${calls} calls`, () => receivers.calls >= enough);
  await gateway.kill();
  await receivers.outliveProcess();
  receivers.silentFrom = Number.POSITIVE_INFINITY;
  owner.leave();
  gateway = await GatewayProcess.start(folder, settings);
  owner = await owner.at(gateway);
}

function inDatabase<T>(use: (database: InstanceType<ReturnType<typeof sqliteBinding>>) => T): T {
  const database = new (sqliteBinding())(join(folder, 'airbind.db'));
  try {
    return use(database);
  } finally {
    database.close();
  }
}

interface StoredDelivery extends Omit<Taken, 'process'> {
  readonly state: ToldHistory['deliveries'][number]['state'];
}

/** What the judge wants to know: what the store holds, and what the receivers took. */
function historyOf(alarmIds: readonly string[], endpointIds: readonly string[]): ToldHistory {
  return inDatabase(database => {
    const all = (sql: string) => database.prepare(sql).all() as never;
    const deliveries: StoredDelivery[] = all(
      `SELECT d.id, d.state, d.endpoint_id AS endpointId, d.subject_id AS subjectId, d.counter, n.step
       FROM deliveries d JOIN notices n ON n.id = d.notice_id`,
    );
    const alarms: { id: string; class: 'L'; acknowledgedAt: number; clearedAt: number; timeline: string }[] =
      all(
        'SELECT id, class, acknowledged_at AS acknowledgedAt, cleared_at AS clearedAt, timeline FROM alarms',
      );
    const byKey = new Map(deliveries.flatMap(each => keysOf(each.id).map(key => [key, each] as const)));
    return {
      alarms: alarms.map(({ timeline, ...alarm }) => ({ ...alarm, timeline: JSON.parse(timeline) })),
      owed: new Map(alarmIds.map(id => [id, { accountIds: [owner.accountId], endpointIds }])),
      notices: all('SELECT id, account_id AS accountId, subject_id AS subjectId, step, number FROM notices'),
      deliveries,
      taken: receivers.received.map(({ key, process }) => {
        const known = byKey.get(key);
        if (!known) throw new Error(`something was told that is in no outbox: ${key}`);
        return { ...known, process };
      }),
    };
  });
}

describe('a gateway that is killed while it tells of alarms', () => {
  it('loses none, tells none twice but for a crash, and nothing in another order', async () => {
    const added = [
      await owner.call('addEndpoint', { body: { channel: 'webhook', url: receivers.webhook } }),
      await owner.call('addEndpoint', { body: { channel: 'ntfy', url: receivers.topic } }),
    ];
    const { devices } = await gateway.operator.call('makeBatch', { body: { product: product.id, count: 2 } });
    await Promise.all(devices.map(bound));

    const say = async (on: boolean, boot: number) => {
      const connected = await Promise.all(
        devices.map(made => PlainDevice.connect(made, gateway.mqttPort, boot)),
      );
      await Promise.all(connected.flatMap(device => bits.map(bit => device.report({}, { [bit]: on }))));
      await Promise.all(connected.map(device => device.cut()));
    };

    // As the first messages go out; as they are told again; and as it is told that they are over.
    await say(true, 2);
    await killAfter(7);
    await killAfter(11);
    const raised = await until('every alarm is there', async () => {
      const alarms = await owner.call('alarms');
      return alarms.length === devices.length * bits.length && alarms;
    });
    for (const { id } of raised) await owner.call('acknowledge', { params: { alarmId: id } });
    await say(false, 3);
    await killAfter(9);
    await say(false, 4);
    receivers.isUnruly = false;
    await until('everything is over, and told', async () => {
      for (const { id, state } of await owner.call('alarms'))
        if (state === 'latched') await owner.call('reset', { params: { alarmId: id } });
      return isQuiet();
    });

    const alarmIds = raised.map(({ id }) => id);
    const history = historyOf(
      alarmIds,
      added.map(({ id }) => id),
    );
    expect(history.alarms).toHaveLength(alarmIds.length);
    expect(history.taken.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['raised', 'repeat', 'cleared']),
    );
    // The kills fell into the sending: what was taken then, and not noted, came again.
    expect(new Set(history.taken.map(({ id }) => id)).size).toBeLessThan(history.taken.length);
    expect(brokenPromises(history)).toEqual([]);
  });

  async function bound(made: MadeDevice): Promise<void> {
    const device = await PlainDevice.connect(made, gateway.mqttPort);
    await device.event('button');
    await owner.bind(made.ticket, { by: 'button' });
    await device.cut();
  }

  /** Every alarm is over, and nothing waits in the outbox. */
  function isQuiet(): boolean {
    const count = (sql: string) => inDatabase(database => database.prepare(sql).pluck().get());
    return (
      count('SELECT count(*) FROM alarms WHERE cleared_at IS NULL') === 0 &&
      count("SELECT count(*) FROM deliveries WHERE state IN ('due', 'held')") === 0
    );
  }
});
