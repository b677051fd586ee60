// A broker on free ports of the loopback for tests, with clients that reach it over TCP, TLS and WebSocket.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect as connectSocket, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { generate, parser, type Packet as WirePacket } from 'mqtt-packet';
import { ManualClock } from '#domain/clock';
import { AedesLink } from '../aedes-link.js';
import { ApplicationConnections } from '../application-connections.js';
import { Broker } from '../broker.js';
import { BrokerCounters } from '../broker-counters.js';
import { type BrokerLimits, BrokerSettings } from '../broker-settings.js';
import { Mailboxes } from '../mailboxes.js';
import { Sessions } from '../sessions.js';
import { MemoryJournal } from './memory-journal.js';
import { RecordingPolicy, secret } from './recording-policy.js';
import { TlsWorld } from './tls-world.js';

export type Transport = 'tcp' | 'ws' | 'tls';

export class OpenBroker {
  readonly policy = new RecordingPolicy();
  readonly counters = new BrokerCounters();
  readonly clock = new ManualClock(1_700_000_000_000);
  readonly broker: Broker;
  readonly link: AedesLink;
  readonly applications: ApplicationConnections;
  port = 0;
  tlsPort = 0;
  private readonly http: Server = createServer();
  private readonly clients: MqttClient[] = [];
  private readonly sockets: Socket[] = [];

  constructor(
    limits: Partial<BrokerLimits> = {},
    exemptAddresses: readonly string[] = ['127.0.0.1'],
    port = 0,
    /** Of the broker before, when this one is to be its next start. */
    readonly journal = new MemoryJournal(),
  ) {
    const settings = new BrokerSettings({ port, host: '127.0.0.1', limits, exemptAddresses });
    const sessions = new Sessions();
    const mailboxes = new Mailboxes(settings, this.counters);
    const { policy, counters, clock } = this;
    policy.keep = changes => journal.keep(changes);
    this.broker = new Broker(settings, policy, sessions, counters, mailboxes, journal, clock);
    this.link = new AedesLink(sessions, mailboxes, counters);
    this.applications = new ApplicationConnections(sessions, mailboxes);
  }

  async open(): Promise<this> {
    this.port = (await this.broker.listen()).port;
    this.broker.attachWebSocket(this.http);
    this.http.listen(0, '127.0.0.1');
    await once(this.http, 'listening');
    return this;
  }

  /** Opens the TLS listener as well. */
  async secure(world?: TlsWorld): Promise<this> {
    const { identity } = world ?? (await TlsWorld.shared());
    this.tlsPort = (await this.broker.secure(identity)).port;
    return this;
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.end(true);
    for (const socket of this.sockets) socket.destroy();
    await this.broker.stop();
    this.http.closeAllConnections();
    this.http.close();
  }

  url(transport: Transport): string {
    const { port } = this.http.address() as AddressInfo;
    const urls = {
      tcp: `mqtt://127.0.0.1:${this.port}`,
      ws: `ws://127.0.0.1:${port}/mqtt`,
      tls: `mqtts://127.0.0.1:${this.tlsPort}`,
    };
    return urls[transport];
  }

  /** The same broker after a crash: what was durable is there, and nothing else. */
  async restarted(limits: Partial<BrokerLimits> = {}): Promise<OpenBroker> {
    for (const socket of this.sockets) socket.destroy();
    await this.close();
    const next = new OpenBroker(limits, undefined, 0, this.journal);
    next.policy.isOpen = this.policy.isOpen;
    return next.open();
  }

  async connect(id: string, options: IClientOptions = {}, transport: Transport = 'tcp'): Promise<MqttClient> {
    const identity = { clientId: id, username: id, password: secret };
    const trust = transport === 'tls' ? { ca: (await TlsWorld.shared()).authority } : {};
    const client = await connectAsync(
      this.url(transport),
      { ...identity, ...trust, reconnectPeriod: 0, ...options },
      false,
    );
    client.on('error', () => {});
    this.clients.push(client);
    return client;
  }

  /** A socket that speaks bytes, before any CONNECT. */
  async socket(): Promise<RawClient> {
    const socket = connectSocket({ port: this.port, host: '127.0.0.1' });
    this.sockets.push(socket);
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** A socket that is logged in. */
  async login(id: string, clean = true): Promise<RawClient> {
    const client = await this.socket();
    client.send(connectPacket(id, clean));
    await until(() => client.packets.some(({ cmd }) => cmd === 'connack'));
    return client;
  }

  count(name: string): number {
    return this.counters.read()[name] ?? 0;
  }
}

export class RawClient {
  readonly packets: WirePacket[] = [];
  closed = false;

  constructor(readonly socket: Socket) {
    const parsing = parser();
    parsing.on('packet', packet => this.packets.push(packet));
    socket.on('data', bytes => parsing.parse(bytes));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = true;
    });
  }

  send(...packets: WirePacket[]): void {
    this.socket.write(Buffer.concat(packets.map(packet => generate(packet))));
  }

  of(cmd: WirePacket['cmd']): WirePacket[] {
    return this.packets.filter(packet => packet.cmd === cmd);
  }
}

export function connectPacket(id: string, clean = true, keepalive = 0): WirePacket {
  return {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean,
    clientId: id,
    keepalive,
    username: id,
    password: Buffer.from(secret),
  };
}

export function publishPacket(
  topic: string,
  payload: string | Buffer,
  messageId: number,
  { qos = 1, dup = false, retain = false }: { qos?: 0 | 1 | 2; dup?: boolean; retain?: boolean } = {},
): WirePacket {
  return { cmd: 'publish', topic, payload, qos, dup, retain, messageId };
}

/** Waits for a condition; says which when it does not come. */
export async function until(condition: () => boolean, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`in ${timeoutMs} ms this did not come true: ${condition}`);
    await delay(5);
  }
}
