// A device under an operator's eyes: what it says, what is made of it, and nothing that opens a door.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync, type MqttClient } from 'mqtt';
import { apiPrefix, pathOf, streams, type Trace, traceSchema } from '#codecs/api';
import { topicOf } from '#codecs/wire';
import { until } from '../../../test/condition.js';
import { quickProducts } from '../../../test/quick-products.js';
import { resident, startTestGateway, TestCaller, type TestGateway } from '../gateway.fixture.js';

describe('the trace of a device', () => {
  let gateway: TestGateway;
  let gas: { readonly id: string; readonly secret: string };
  let other: { readonly id: string; readonly secret: string };

  beforeAll(async () => {
    gateway = await startTestGateway();
    const operator = new TestCaller(gateway.url, gateway.cliToken);
    for (const product of quickProducts)
      await operator.call('putProduct', { params: { productId: product.id }, body: product });
    const { devices } = await operator.call('makeBatch', { body: { product: 'gas-sensor', count: 2 } });
    const [first, second] = devices;
    if (!first || !second) throw new Error('no devices were made');
    [gas, other] = [first, second];
  });

  afterAll(() => gateway.close());

  const open = (deviceId: string, token?: string, signal?: AbortSignal) =>
    fetch(gateway.url + pathOf(streams.watch, { deviceId }), {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      signal: signal ?? null,
    });

  async function watched(deviceId: string) {
    const leaving = new AbortController();
    const response = await open(deviceId, gateway.cliToken, leaving.signal);
    const traces: Trace[] = [];
    let whole = '';
    const read = async () => {
      let text = '';
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        whole += chunk;
        const events = (text + chunk).split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) {
          const data = /^event: trace\ndata: (.*)$/m.exec(event)?.[1];
          if (data !== undefined) traces.push(traceSchema.parse(JSON.parse(data)));
        }
      }
    };
    read().catch(() => {});
    return { traces, whole: () => whole, leave: () => leaving.abort() };
  }

  const connect = ({ id, secret }: typeof gas, password = secret): Promise<MqttClient> =>
    connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`, {
      ...{ clientId: id, username: id, password, reconnectPeriod: 0 },
    });

  it('is an operator’s alone, and of devices that there are', async () => {
    const someone = await resident(gateway);
    expect([
      (await open(gas.id)).status,
      (await open(gas.id, someone.token)).status,
      (await open('no-such-device', gateway.cliToken)).status,
    ]).toEqual([401, 404, 404]);
    expect(apiPrefix).toBe('/api/v1');
  });

  it('tells login, packets, what the intake decided, alarms, answers and the end, and of no other device', async () => {
    const { traces, whole, leave } = await watched(gas.id);
    await connect(gas, 'a wrong secret').catch(() => undefined);
    const [device, neighbour] = [await connect(gas), await connect(other)];
    const topic = topicOf(gas.id, 'telemetry');
    const say = (seq: number) =>
      JSON.stringify({ boot: 1, seq, values: { 'gas.lel': 14 }, bits: { 'gas.alarm': true } });
    await neighbour.publishAsync(topicOf(other.id, 'telemetry'), say(1), { qos: 1 });
    await device.publishAsync(topic, say(1), { qos: 1 });
    await device.publishAsync(topic, say(1), { qos: 1 });
    await device.publishAsync(topic, '{"boot":', { qos: 1 });
    await device.subscribeAsync('v1/devices/+/config').catch(() => undefined);
    device.stream.destroy();
    await until('the end is told', () => traces.some(({ what }) => what === 'gone'));
    leave();
    await neighbour.endAsync();

    const told = traces.map(({ at: _, ...trace }) => trace);
    expect(told.filter(({ what }) => what === 'login')).toEqual([
      { what: 'login', isGranted: false, address: '127.0.0.1' },
      { what: 'login', isGranted: true, address: '127.0.0.1' },
    ]);
    const packet = { what: 'packet', topic, qos: 1, retain: false, dup: false };
    expect(told.filter(({ what }) => what === 'packet')).toEqual([
      { ...packet, bytes: say(1).length },
      { ...packet, bytes: say(1).length },
      { ...packet, bytes: 8 },
    ]);
    expect(told.flatMap(trace => (trace.what === 'decision' ? trace.outcome : []))).toEqual([
      ...['stored', 'known', 'malformed'],
    ]);
    expect(told.flatMap(trace => (trace.what === 'answer' ? trace.verdict : []))).toEqual([
      ...['stored', 'stored', 'malformed'],
    ]);
    expect(told).toContainEqual(expect.objectContaining({ what: 'alarm', rule: 'gas', step: 'raised' }));
    expect(told).toContainEqual({ what: 'refusal', reason: 'filter-forbidden' });
    expect(told.at(-1)).toEqual({ what: 'gone', leftWill: false });
    for (const secret of [gas.secret, other.secret, other.id, 'a wrong secret', '"gas.lel"'])
      expect(whole()).not.toContain(secret);
  });

  it('costs nobody anything once nobody looks', async () => {
    const { leave } = await watched(gas.id);
    leave();
    const device = await connect(gas);
    await device.publishAsync(topicOf(gas.id, 'event'), '{"boot":2,"seq":1,"event":"button"}', { qos: 1 });
    await device.endAsync();
  });

  it('is shown to so many at a time, and the next one is told to wait', async () => {
    const open20 = await Promise.all(Array.from({ length: 20 }, () => watched(gas.id)));
    const refused = await open(gas.id, gateway.cliToken);
    expect(refused.status).toBe(429);
    for (const { leave } of open20) leave();
    await until('there is room again', async () => {
      const { leave, whole } = await watched(gas.id);
      await until('it answers', () => whole() !== '', 1000).catch(() => undefined);
      leave();
      return whole().includes('retry');
    });
  });
});
