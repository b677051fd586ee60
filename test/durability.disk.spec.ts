// The disk under a real gateway: every PUBACK comes after the fdatasync that covers it, and a failed one is the end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import mqtt, { type MqttClient } from 'mqtt';
import type { MadeDevice } from '#codecs/api';
import { topicOf } from '#codecs/wire';
import { until } from './condition.js';
import { GatewayProcess } from './gateway-process.js';
import { build } from './program.js';
import { acknowledgements, calls } from './puback-trace.js';
import { quickProducts } from './quick-products.js';
import { storedSeqs } from './stored-seqs.js';
import { describeWithStrace, Strace } from './strace.js';

const unhurried = { MQTT_MESSAGES_PER_S: '100000', MQTT_BURST: '100000' };
const boot = 7;

describeWithStrace('the disk under the gateway', () => {
  let folder: string;
  let gateway: GatewayProcess;
  let made: MadeDevice;
  let client: MqttClient;

  beforeAll(build, 240_000);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-disk-'));
    gateway = await GatewayProcess.start(join(folder, 'data'), unhurried);
    for (const product of quickProducts)
      await gateway.operator.call('putProduct', { params: { productId: product.id }, body: product });
    const batch = await gateway.operator.call('makeBatch', { body: { product: 'gas-sensor', count: 1 } });
    [made] = batch.devices as [MadeDevice];
    client = await connect();
  });

  afterEach(async () => {
    await client.endAsync(true);
    await gateway.kill();
    await rm(folder, { recursive: true, force: true });
  });

  async function connect(): Promise<MqttClient> {
    const { id, secret } = made;
    const identity = { clientId: id, username: id, password: secret, reconnectPeriod: 0 };
    const connected = await mqtt.connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`, identity);
    connected.on('error', () => {});
    return connected;
  }

  const say = (seq: number) =>
    client.publishAsync(
      topicOf(made.id, 'telemetry'),
      JSON.stringify({ boot, seq, values: { 'gas.lel': 1 } }),
      {
        qos: 1,
      },
    );

  it('has every message before its PUBACK, and whoever leaves out a sync is caught', async () => {
    const seqOf = new Map<number, number>();
    client.on('packetsend', packet => {
      if (packet.cmd === 'publish' && packet.messageId !== undefined)
        seqOf.set(packet.messageId, JSON.parse(String(packet.payload)).seq);
    });
    const strace = await Strace.attach(gateway.pid, join(folder, 'trace'), [
      '-y',
      '-s',
      '5000',
      '-e',
      `trace=${calls}`,
    ]);
    for (let seq = 0; seq < 20; seq++) await say(seq);
    await Promise.all(Array.from({ length: 200 }, (_, i) => say(20 + i)));
    const trace = await strace.detach();

    const ids = [...seqOf.keys()];
    const read = (text: string) =>
      acknowledgements(text, ids, id => new RegExp(`\\\\"seq\\\\":${seqOf.get(id)}[,}]`));
    const told = read(trace);
    expect(told.map(({ packetId }) => seqOf.get(packetId)).sort((a = 0, b = 0) => a - b)).toEqual(
      Array.from({ length: 220 }, (_, seq) => seq),
    );
    expect(told.filter(({ isCovered }) => !isCovered)).toEqual([]);

    const unsynced = trace.replace(/^f(data)?sync.*\n/gm, '');
    expect(read(unsynced).filter(({ isCovered }) => isCovered)).toEqual([]);
    const late = trace.replace(/^(f(?:data)?sync.*\n)((?:write|writev|sendto)\(.*\n)/gm, '$2$1');
    expect(read(late).some(({ isCovered }) => !isCovered)).toBe(true);
  });

  it('ends the process when an fsync fails, and the next start has all that was acknowledged', async () => {
    for (let seq = 0; seq < 10; seq++) await say(seq);
    const fail = 'inject=fsync,fdatasync:error=EIO';
    const strace = await Strace.attach(gateway.pid, join(folder, 'trace'), ['-f', '-e', fail]);
    const acknowledged: number[] = [];
    const closed = new Promise<void>(resolve => client.once('close', () => resolve()));
    for (let seq = 10; seq < 30; seq++)
      client.publish(
        topicOf(made.id, 'telemetry'),
        JSON.stringify({ boot, seq, values: { 'gas.lel': 1 } }),
        { qos: 1 },
        fault => {
          if (!fault) acknowledged.push(seq);
        },
      );
    const { status, stderr } = await gateway.ended;
    await closed;
    await strace.detach();
    expect(status).toBe(74);
    const fatal = stderr.split('\n').filter(line => line.includes('"level":"fatal"'));
    expect(fatal.map(line => JSON.parse(line))).toMatchObject([{ event: 'durability-lost' }]);
    expect(acknowledged).toEqual([]);

    gateway = await GatewayProcess.start(join(folder, 'data'), unhurried);
    const before = storedSeqs(join(folder, 'data'), made.id, boot);
    expect(before.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, seq) => seq));
    client = await connect();
    for (let seq = 0; seq < 30; seq++) await say(seq);
    await until('all is there once', () => storedSeqs(join(folder, 'data'), made.id, boot).length === 30);
    expect(storedSeqs(join(folder, 'data'), made.id, boot)).toEqual(
      Array.from({ length: 30 }, (_, seq) => seq),
    );
  });
});
