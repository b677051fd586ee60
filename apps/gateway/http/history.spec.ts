// A device's history over HTTP, from what the device said over MQTT to what its owner reads.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync } from 'mqtt';
import type { MadeDevice } from '#codecs/api';
import {
  bind,
  openProduct,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

const meter = {
  ...openProduct,
  id: 'meter',
  readings: [{ name: 'co.ppm', label: openProduct.name, unit: 'ppm', min: 0, max: 999 }],
  bits: [{ name: 'lid.open', label: openProduct.name, on: openProduct.name, off: openProduct.name }],
};
const hour = 3_600_000;

describe('the history over HTTP', () => {
  let gateway: TestGateway;
  let owner: TestCaller;
  let device: MadeDevice;
  const now = Date.now();
  const range = { from: String(now - hour), to: String(now + hour) };

  beforeAll(async () => {
    gateway = await startTestGateway();
    owner = await resident(gateway);
    const operator = new TestCaller(gateway.url, gateway.cliToken);
    await operator.call('putProduct', { params: { productId: meter.id }, body: meter });
    const { devices } = await operator.call('makeBatch', { body: { product: meter.id, count: 1 } });
    const [made] = devices;
    if (!made) throw new Error('no meter was made');
    device = made;
    await bind(owner, device.ticket);
    const { id, secret } = device;
    const client = await connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`, {
      clientId: id,
      username: id,
      password: secret,
      reconnectPeriod: 0,
    });
    const say = (seq: number, body: object) =>
      client.publishAsync(`v1/devices/${id}/telemetry`, JSON.stringify({ boot: 1, seq, ...body }), {
        qos: 1,
      });
    await say(1, { values: { 'co.ppm': 10 }, bits: { 'lid.open': true } });
    await say(2, { values: { 'co.ppm': 30 } });
    await say(2, { values: { 'co.ppm': 30 } });
    await client.endAsync();
  });

  afterAll(() => gateway.close());

  const params = () => ({ deviceId: device.id });

  it('has each reading once, with its unit, as soon as the device was told that it is stored', async () => {
    const query = { reading: 'co.ppm', bucket: '1h', ...range };
    const { unit, bucketMs, buckets } = await owner.call('history', { params: params(), query });
    expect([unit, bucketMs]).toEqual(['ppm', hour]);
    // The two may have come before and after a full hour.
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(Math.max(...buckets.map(({ max }) => max))).toBe(30);
  });

  it('has the changes of bits', async () => {
    const { events, more } = await owner.call('deviceEvents', { params: params(), query: range });
    expect(events).toMatchObject([{ name: 'lid.open', on: true }]);
    expect(more).toBe(false);
  });

  it('is nothing to a stranger', async () => {
    const stranger = await resident(gateway, 'stranger@example.org');
    const query = { reading: 'co.ppm', bucket: '1h', ...range };
    expect((await stranger.raw('history', { params: params(), query })).status).toBe(404);
    expect((await stranger.raw('deviceEvents', { params: params(), query: range })).status).toBe(404);
  });

  it.each([
    ['bucket', { bucket: '7s' }],
    ['bucket', { bucket: 'day' }],
    ['bucket', { bucket: '0s' }],
    ['to', { to: range.from }],
    ['from', { from: 'yesterday' }],
    ['reading', { reading: 'co' }],
  ])('says what is wrong with %s in %j', async (field, wrong) => {
    const query = { reading: 'co.ppm', bucket: '1h', ...range, ...wrong };
    const response = await owner.raw('history', { params: params(), query });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid-request', faults: [{ field }] });
  });
});
