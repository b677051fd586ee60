// What devices and people see while the store is away, and that nothing of it is lost or doubled when it is back.
import { expect } from '@jest/globals';
import { healthSchema, type MadeDevice } from '#codecs/api';
import { until } from './condition.js';
import type { GatewayProcess } from './gateway-process.js';
import { Person } from './person.js';
import { PlainDevice } from './plain-device.js';
import { quickProducts } from './quick-products.js';

/** Longer than the gateway takes to find out that it is its own store that does not answer. */
const patienceMs = 2_500;

export interface Outage {
  readonly gateway: GatewayProcess;
  begin(): void | Promise<void>;
  /** What else is seen while it lasts. */
  meanwhile?(owner: Person): Promise<void>;
  end(): void | Promise<void>;
  /** The input log of one device. */
  inputs(deviceId: string): Promise<readonly StoredInput[]>;
}

export interface StoredInput {
  readonly kind: string;
  readonly seq: number | null;
  readonly body: string;
}

export async function outlast({ gateway, begin, meanwhile, end, inputs }: Outage): Promise<void> {
  for (const product of quickProducts)
    await gateway.operator.call('putProduct', { params: { productId: product.id }, body: product });
  const [gas, other] = [await gasSensor(gateway), await gasSensor(gateway)];
  const owner = await Person.signUp(gateway, 'Lan');
  const device = await PlainDevice.connect(gas, gateway.mqttPort);
  const bystander = await PlainDevice.connect(other, gateway.mqttPort);
  await device.event('button');
  await owner.bind(gas.ticket, { by: 'button' });
  await device.report({ 'gas.lel': 0 });
  expect(await readiness(gateway)).toEqual({ status: 200, store: 'ok' });

  await begin();
  const said = await untilUnanswered(device, gateway);
  const { acknowledged } = device;
  said.push(device.report({ 'gas.lel': 14 }, { 'gas.alarm': true }));
  await until('health says so', async () => (await readiness(gateway)).status === 503);
  expect(await readiness(gateway)).toMatchObject({ store: 'failed', reason: expect.stringMatching(/store/) });
  await meanwhile?.(owner);
  // By now nothing has been answered for as long as it takes to mistrust what clients seem to be.
  await bystander.cut();
  expect({ acknowledged: device.acknowledged, connected: device.connected }).toEqual({
    acknowledged,
    connected: true,
  });

  await end();
  const numbers = await Promise.all(said);
  await until('health says so', async () => (await readiness(gateway)).status === 200);
  const { notice } = await owner.page.heard(({ step }) => step === 'raised');
  expect(await owner.call('alarms')).toMatchObject([{ id: notice.alarmId, kind: 'gas', deviceId: gas.id }]);
  const stored = (await inputs(gas.id)).flatMap(({ kind, seq }) => (kind === 'telemetry' ? (seq ?? []) : []));
  expect(new Set(stored).size).toBe(stored.length);
  expect(stored).toEqual(expect.arrayContaining(numbers));
  expect(stored).toEqual([...stored].sort((a, b) => a - b));
  const statuses = (await inputs(other.id)).filter(({ kind }) => kind === 'status');
  expect(statuses.map(({ body }) => JSON.parse(body))).toEqual([{ online: true, boot: 1 }]);
  await device.cut();
  owner.leave();
}

async function gasSensor({ operator }: GatewayProcess): Promise<MadeDevice> {
  const { devices } = await operator.call('makeBatch', { body: { product: 'gas-sensor', count: 1 } });
  const [device] = devices;
  if (!device) throw new Error('no gas sensor was made');
  return device;
}

/**
 * Reports until nothing is acknowledged any more: a disk is full only when a further page is wanted. A busy machine may
 * take as long for a PUBACK, while the store is well.
 */
async function untilUnanswered(device: PlainDevice, gateway: GatewayProcess): Promise<Promise<number>[]> {
  for (const said: Promise<number>[] = []; ; ) {
    const before = device.acknowledged;
    said.push(device.report({ 'gas.lel': 0 }));
    const isAnswered = await until('a PUBACK', () => device.acknowledged > before, patienceMs).catch(
      () => false,
    );
    if (!isAnswered && (await readiness(gateway)).status !== 200) return said;
  }
}

async function readiness({ url }: GatewayProcess) {
  const response = await fetch(`${url}/health/ready`);
  const { checks, reason } = healthSchema.parse(await response.json());
  return { status: response.status, store: checks.store, reason };
}
