// The bare broker as somebody starts it: it says that it is open, passes on what MQTT 3.1.1 wants passed on, and leaves nothing.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { until } from './condition.js';
import { freeTcpPort } from './free-port.js';
import { build, type Ended, Program } from './program.js';

const entry = 'dist/apps/bare/main.js';

interface Heard {
  readonly topic: string;
  readonly payload: string;
  readonly qos: number;
  readonly retain: boolean;
}

/** A client of whatever name, and what it hears. */
class Listener {
  readonly heard: Heard[] = [];

  private constructor(readonly client: MqttClient) {
    client.on('error', () => {});
    client.on('message', (topic: string, payload: Buffer, { qos, retain }: IPublishPacket) => {
      this.heard.push({ topic, payload: payload.toString(), qos, retain });
    });
  }

  static async connect(url: string, options: IClientOptions = {}): Promise<Listener> {
    const client = mqtt.connect(url, { reconnectPeriod: 0, ...options });
    // Before it is connected: a kept session hears what waited for it at once.
    const listener = new Listener(client);
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve()).once('error', reject);
    });
    return listener;
  }

  payloads(count: number): Promise<string[]> {
    return until(
      `${count} messages heard`,
      () => this.heard.length >= count && this.heard.map(({ payload }) => payload),
    );
  }
}

beforeAll(build, 240_000);

describe('the bare broker', () => {
  let folder: string;
  let broker: Program;
  let url: string;
  let ended: Ended | undefined;
  let name = 0;

  const listener = (options?: IClientOptions) => Listener.connect(url, options);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'airbind-bare-spec-'));
    broker = Program.start([entry, '--port', '0'], { TMPDIR: folder });
    url = (await broker.said(/mqtt:\/\/127\.0\.0\.1:\d+\n/)).trim();
  });

  beforeEach(() => {
    name += 1;
  });

  afterAll(async () => {
    ended ??= await broker.signal('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('passes on to filters with wildcards, and to nobody else', async () => {
    const [plus, hash, other, speaker] = await Promise.all([listener(), listener(), listener(), listener()]);
    await plus.client.subscribeAsync(`w${name}/+/c`, { qos: 1 });
    await hash.client.subscribeAsync(`w${name}/#`, { qos: 0 });
    await other.client.subscribeAsync(`w${name}/+/d`, { qos: 1 });
    await speaker.client.publishAsync(`w${name}/b/c`, 'first', { qos: 1 });
    await speaker.client.publishAsync(`w${name}/b/d`, 'second', { qos: 1 });
    expect(await hash.payloads(2)).toEqual(['first', 'second']);
    expect(await plus.payloads(1)).toEqual(['first']);
    expect(await other.payloads(1)).toEqual(['second']);
    expect(plus.heard[0]).toMatchObject({ topic: `w${name}/b/c`, qos: 1, retain: false });
    expect(hash.heard[0]).toMatchObject({ qos: 0 });
    for (const { client } of [plus, hash, other, speaker]) client.end(true);
  });

  it('retains the last message of a topic, and forgets it with an empty one', async () => {
    const speaker = await listener();
    for (const payload of ['old', 'new'])
      await speaker.client.publishAsync(`r${name}/a`, payload, { qos: 1, retain: true });
    const later = await listener();
    await later.client.subscribeAsync(`r${name}/#`, { qos: 1 });
    expect(await later.payloads(1)).toEqual(['new']);
    expect(later.heard[0]).toMatchObject({ retain: true });
    await speaker.client.publishAsync(`r${name}/a`, '', { qos: 1, retain: true });
    const last = await listener();
    await last.client.subscribeAsync(`r${name}/#`, { qos: 1 });
    await speaker.client.publishAsync(`r${name}/b`, 'end', { qos: 1 });
    expect(await last.payloads(1)).toEqual(['end']);
    for (const { client } of [speaker, later, last]) client.end(true);
  });

  it('keeps for a session what is said while its client is away', async () => {
    const session = { clientId: `kept-${name}`, clean: false };
    const first = await listener(session);
    await first.client.subscribeAsync(`k${name}/a`, { qos: 1 });
    await first.client.endAsync();
    const speaker = await listener();
    for (const payload of ['one', 'two', 'three'])
      await speaker.client.publishAsync(`k${name}/a`, payload, { qos: 1 });
    const again = await listener(session);
    expect(await again.payloads(3)).toEqual(['one', 'two', 'three']);
    for (const { client } of [speaker, again]) client.end(true);
  });

  it('passes on a QoS 2 message once', async () => {
    const [hearer, speaker] = await Promise.all([listener(), listener()]);
    await hearer.client.subscribeAsync(`q${name}/a`, { qos: 2 });
    for (const payload of ['one', 'two'])
      await speaker.client.publishAsync(`q${name}/a`, payload, { qos: 2 });
    await speaker.client.publishAsync(`q${name}/a`, 'end', { qos: 1 });
    expect(await hearer.payloads(3)).toEqual(['one', 'two', 'end']);
    expect(hearer.heard.map(({ qos }) => qos)).toEqual([2, 2, 1]);
    for (const { client } of [hearer, speaker]) client.end(true);
  });

  it('says the will of a client that vanishes, and not of one that says goodbye', async () => {
    const hearer = await listener();
    await hearer.client.subscribeAsync(`will${name}/#`, { qos: 1 });
    const willOf = (topic: string): IClientOptions => ({
      will: { topic: `will${name}/${topic}`, payload: Buffer.from('gone'), qos: 1, retain: false },
    });
    const polite = await listener(willOf('polite'));
    await polite.client.endAsync();
    const vanishing = await listener(willOf('vanishing'));
    vanishing.client.stream.destroy();
    expect(await hearer.payloads(1)).toEqual(['gone']);
    expect(hearer.heard.map(({ topic }) => topic)).toEqual([`will${name}/vanishing`]);
    hearer.client.end(true);
  });

  it('lets in whoever comes, with a name and a password or without', async () => {
    const named = await listener({ username: 'anybody', password: 'anything' });
    expect(named.client.connected).toBe(true);
    named.client.end(true);
  });

  it('names a port that is busy, and ends', async () => {
    const { status, stderr } = await Program.run([entry, '--port', new URL(url).port]);
    expect(stderr).toContain('The port is in use');
    expect(status).not.toBe(0);
  });

  it('takes a port that it is told', async () => {
    const port = await freeTcpPort();
    const other = Program.start([entry, '--port', String(port)], { TMPDIR: folder });
    await other.said(new RegExp(`mqtt://127\\.0\\.0\\.1:${port}\n`));
    expect((await other.signal('SIGTERM')).status).toBe(0);
  });

  it.each([['--host', '0.0.0.0'], ['--host', '::'], ['--port', 'mqtt'], ['--open']])(
    'refuses %j',
    async (...args: string[]) => {
      const { status, stderr, stdout } = await Program.run([entry, ...args]);
      expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
      expect(stderr).toContain('usage: npm run -s broker:bare');
    },
  );

  it('says loudly that it is open, ends on SIGTERM, and leaves no store behind', async () => {
    expect(await readdir(folder)).not.toEqual([]);
    ended = await broker.signal('SIGTERM');
    expect(ended.status).toBe(0);
    expect(ended.stderr).toContain('THIS BROKER IS OPEN');
    expect(await readdir(folder)).toEqual([]);
  });
});
