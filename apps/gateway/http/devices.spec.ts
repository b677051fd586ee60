// Devices over HTTP, with a real one behind them: pictures, commands, labels.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync, type MqttClient } from 'mqtt';
import { apiPrefix, type MadeDevice, pathOf, streams } from '#codecs/api';
import { encodeSnapshot } from '#codecs/wire';
import {
  bind,
  makeLamps,
  resident,
  startTestGateway,
  TestCaller,
  type TestGateway,
} from '../gateway.fixture.js';

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9);

describe('a device', () => {
  let gateway: TestGateway;
  let owner: TestCaller;
  let operator: TestCaller;
  let lamp: MadeDevice;
  const clients: MqttClient[] = [];

  beforeAll(async () => {
    gateway = await startTestGateway();
    owner = await resident(gateway);
    operator = new TestCaller(gateway.url, gateway.cliToken);
    const [made] = await makeLamps(gateway);
    if (!made) throw new Error('no lamp was made');
    lamp = made;
    await bind(owner, lamp.ticket);
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map(client => client.endAsync(true)));
  });

  afterAll(() => gateway.close());

  async function connected(url = `mqtt://127.0.0.1:${gateway.mqttPort}`): Promise<MqttClient> {
    const { id, secret } = lamp;
    const client = await connectAsync(url, {
      clientId: id,
      username: id,
      password: secret,
      reconnectPeriod: 0,
    });
    clients.push(client);
    return client;
  }

  const topic = (kind: string) => `v1/devices/${lamp.id}/${kind}`;
  const fetchAs = ({ token }: TestCaller, path: string, headers: Record<string, string> = {}) =>
    fetch(gateway.url + path, { headers: { authorization: `Bearer ${token}`, ...headers } });
  const snapshotPath = () => pathOf(streams.snapshot, { deviceId: lamp.id });

  it('has no picture before it sent one', async () => {
    const response = await fetchAs(owner, snapshotPath());
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'no-snapshot' });
  });

  it('shows its last picture to its owner, and to nobody else', async () => {
    const client = await connected();
    const payload = encodeSnapshot({ boot: 1, seq: 1, type: 'image/jpeg', image: jpeg });
    await client.publishAsync(topic('snapshot'), Buffer.from(payload), { qos: 1 });

    const response = await fetchAs(owner, snapshotPath());
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(jpeg);

    const again = await fetchAs(owner, snapshotPath(), {
      'if-none-match': response.headers.get('etag') ?? '',
    });
    expect(again.status).toBe(304);
    const stranger = await resident(gateway, 'stranger@example.org');
    for (const other of [stranger, operator]) {
      expect((await fetchAs(other, snapshotPath())).status).toBe(404);
    }
  });

  it('is told a command of its product, while it is there', async () => {
    const send = (name: string) => owner.raw('command', { params: { deviceId: lamp.id }, body: { name } });
    expect((await send('explode')).status).toBe(400);
    expect(await (await send('blink')).json()).toMatchObject({ code: 'device-offline' });

    const client = await connected();
    const heard = new Promise<string>(resolve => client.on('message', (_, body) => resolve(String(body))));
    await client.subscribeAsync(topic('command'), { qos: 1 });
    const { id } = (await (await send('blink')).json()) as { id: string };
    expect(JSON.parse(await heard)).toMatchObject({ id, name: 'blink', epoch: 1 });
  });

  it('is not told by an operator what to do in somebody’s home', async () => {
    await connected();
    const response = await operator.raw('command', {
      params: { deviceId: lamp.id },
      body: { name: 'blink' },
    });
    expect(response.status).toBe(404);
  });

  it('connects over WebSocket on the port of the pages as well', async () => {
    const client = await connected(`${gateway.url.replace('http', 'ws')}/mqtt`);
    await client.publishAsync(topic('telemetry'), JSON.stringify({ boot: 2, seq: 1, values: {} }), {
      qos: 1,
    });
    const [device] = await owner.call('devices');
    expect(device?.presence.state).toBe('online');
  });

  it.each([
    ['svg', 'image/svg+xml', '<svg'],
    ['png', 'image/png', '\u0089PNG'],
  ])('has a label as %s, for operators', async (format, type, beginning) => {
    const path = `${pathOf(streams.label, { deviceId: lamp.id })}?format=${format}`;
    const response = await fetchAs(operator, path);
    expect(response.headers.get('content-type')).toContain(type);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, beginning.length).toString('latin1')).toBe(beginning);
    expect((await fetchAs(owner, path)).status).toBe(404);
  });

  it('keeps its ticket for a reprint', async () => {
    const forms = await operator.call('deviceTicket', { params: { deviceId: lamp.id } });
    expect(forms).toMatchObject({ ticket: lamp.ticket, url: lamp.url });
    const page = await fetch(`${gateway.url}${new URL(forms.url).pathname}`, {
      headers: { accept: 'text/html' },
    });
    expect(page.headers.get('content-type')).toContain('text/html');
    const look = await fetch(`${gateway.url}${apiPrefix}/tickets/${encodeURIComponent(forms.spoken)}`);
    expect(await look.json()).toMatchObject({ view: 'product' });
  });
});
