// The door in the whole house: real MQTT, the real intake, a real database, and what an operator sees of it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync, type MqttClient } from 'mqtt';
import { topicOf } from '#codecs/wire';
import { makeLamps, startTestGateway, TestCaller, type TestGateway } from '../gateway.fixture.js';

describe('the door for devices in a whole gateway', () => {
  let gateway: TestGateway;
  let lamp: { readonly id: string; readonly secret: string };
  const clients: MqttClient[] = [];

  beforeAll(async () => {
    gateway = await startTestGateway();
    const [made] = await makeLamps(gateway);
    if (!made) throw new Error('no device was made');
    lamp = made;
  });

  afterAll(async () => {
    for (const client of clients) client.end(true);
    await gateway.close();
  });

  async function connect(url: string): Promise<MqttClient> {
    const { id, secret } = lamp;
    const client = await connectAsync(
      url,
      { clientId: id, username: id, password: secret, reconnectPeriod: 0 },
      false,
    );
    clients.push(client);
    return client;
  }

  const operator = () => new TestCaller(gateway.url, gateway.cliToken);
  const overTcp = () => `mqtt://127.0.0.1:${gateway.mqttPort}`;
  const overWebSocket = () => `${gateway.url.replace('http', 'ws')}/mqtt`;

  it.each([
    ['TCP', overTcp],
    ['WebSocket', overWebSocket],
  ])('takes a device’s word over %s, and tells it the time and whose it is', async (_, url) => {
    const device = await connect(url());
    const heard = new Map<string, { retain: boolean; body: unknown }>();
    device.on('message', (topic, payload, { retain }) =>
      heard.set(topic.split('/').at(-1) ?? '', { retain, body: JSON.parse(payload.toString()) }),
    );
    await device.subscribeAsync([topicOf(lamp.id, 'config'), topicOf(lamp.id, 'binding')], { qos: 1 });
    const info = { boot: 1, firmware: '1.0', power: 'mains', intervalS: 60, capabilities: [], epoch: 0 };
    await device.publishAsync(topicOf(lamp.id, 'info'), JSON.stringify(info), { qos: 1, retain: true });
    while (heard.size < 2) await new Promise(resolve => device.once('message', resolve));
    expect(heard.get('binding')).toEqual({ retain: true, body: { state: 'unbound', epoch: 0 } });
    expect(heard.get('config')).toMatchObject({ retain: false, body: { epoch: 0, intervalS: 60 } });
    const shown = await operator().call('device', { params: { deviceId: lamp.id } });
    expect(shown).toMatchObject({ firmware: '1.0', presence: { state: 'online' } });
  });

  it('keeps nonsense for the operator to see, and the device connected', async () => {
    const device = await connect(overTcp());
    await device.publishAsync(topicOf(lamp.id, 'telemetry'), '{"boot":1}', { qos: 1 });
    expect(device.connected).toBe(true);
    const { deadLetters, counters } = await operator().call('status');
    expect(deadLetters).toMatchObject([{ deviceId: lamp.id, kind: 'telemetry', bytes: 10 }]);
    expect(Object.entries(counters).filter(([name]) => name.endsWith('malformed'))).not.toEqual([]);
  });

  it('writes neither a secret nor a payload into the log', () => {
    expect(gateway.log.join('')).toContain('mqtt-malformed');
    expect(gateway.log.join('')).not.toContain(lamp.secret);
  });
});
