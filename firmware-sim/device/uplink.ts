// A device's tie to its gateway: one MQTT connection after another, and an outbox that outlives them.
import { EventEmitter } from 'node:events';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { type DownwardKind, downwardKinds, isDownward, parseTopic, topicOf } from '#codecs/wire';
import { type BackoffLimits, backoffMs, usualBackoff } from './backoff.js';
import type { Identity } from './identity.js';
import type { Entry, Message, Outbox } from './outbox.js';
import type { Cancel, Time } from './time.js';

/** A message that stands for a state: retained, sent afresh at every connection, never kept in the outbox. */
export interface Standing {
  readonly deviceId: string;
  readonly kind: 'status' | 'info';
  readonly payload: string;
}

export type Credential = Pick<Identity, 'id' | 'secret' | 'certificate' | 'privateKey'>;

export interface UplinkOptions {
  /** `mqtt://127.0.0.1:1883`, or `mqtts://…` for TLS. */
  readonly broker: string;
  /** Who vouches for it over TLS, as PEM; those of the system without it. */
  readonly authority?: string;
  /** The id is client id and user name at once. */
  readonly credential: () => Credential;
  readonly outbox: Outbox;
  /** Whose topics to listen on: the device itself, and its children. */
  readonly listensFor: readonly string[];
  /** What the broker shall say when the device is gone. */
  readonly will: Standing;
  /** What is said first at every connection. */
  readonly greeting: () => readonly Standing[];
  readonly time: Time;
  /** Draws in [0, 1) for the jitter. */
  readonly luck: () => number;
  readonly backoff?: BackoffLimits;
}

export interface UplinkEvents {
  connected: [];
  disconnected: [loss: { reason: string; retryInMs: number }];
  published: [message: Message, again: boolean];
  acknowledged: [message: Message];
  heard: [deviceId: string, kind: DownwardKind, payload: Uint8Array];
}

const keepAliveS = 30;
const connectTimeoutMs = 10_000;
const goodbyeMs = 2_000;
const retainedAtLeastOnce = { qos: 1, retain: true } as const;

export class Uplink extends EventEmitter<UplinkEvents> {
  private client: MqttClient | null = null;
  private failures = 0;
  private reason = '';
  private cancelRetry: Cancel = () => {};
  private running = false;

  constructor(private readonly options: UplinkOptions) {
    super();
  }

  get connected(): boolean {
    return this.client?.connected ?? false;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.connect();
  }

  /** Keeps it until it is acknowledged, and sends it now when there is a connection. */
  send(message: Message): void {
    const entry = this.options.outbox.add(message);
    if (this.client?.connected) this.publish(this.client, entry);
  }

  /** Says it now, or not at all: the next greeting will. */
  stand(standing: Standing): void {
    if (this.client?.connected) this.publishStanding(this.client, standing);
  }

  /** Says goodbye with `farewell`; to a gateway that does not answer, only for a moment: the will says the same. */
  async stop(farewell: readonly Standing[] = []): Promise<void> {
    const client = this.halt();
    if (!client) return;
    const understood = client.connected && (await this.sayGoodbye(client, farewell));
    await ended(client, !understood || Object.keys(client.outgoing).length > 0);
  }

  /** As if the power failed: no goodbye, and the broker finds the will. */
  async cut(): Promise<void> {
    const client = this.halt();
    if (client) await ended(client, true);
  }

  /** Comes again with the credential that it has now. */
  reconnect(): void {
    if (this.client) void ended(this.client, true);
  }

  private halt(): MqttClient | null {
    const { client } = this;
    this.running = false;
    this.client = null;
    this.cancelRetry();
    return client;
  }

  /** A client for each connection: what was not acknowledged is ours to send again, not the library's. */
  private connect(): void {
    const { broker, authority, credential, will } = this.options;
    const client = mqtt.connect(broker, {
      ...(authority !== undefined && { ca: authority }),
      ...loginOf(credential()),
      // The broker keeps for us what arrives while we are away.
      clean: false,
      keepalive: keepAliveS,
      connectTimeout: connectTimeoutMs,
      reconnectPeriod: 0,
      resubscribe: false,
      will: {
        ...retainedAtLeastOnce,
        topic: topicOf(will.deviceId, will.kind),
        payload: Buffer.from(will.payload),
      },
    });
    this.client = client;
    this.reason = 'the connection was closed';
    client.on('connect', () => this.greet(client));
    client.on('message', (topic, payload) => this.hear(topic, payload));
    client.on('error', fault => {
      this.reason = fault.message || 'the gateway cannot be reached';
    });
    client.on('close', () => this.lose(client));
  }

  private greet(client: MqttClient): void {
    if (client !== this.client) return;
    const { listensFor, greeting, outbox } = this.options;
    client.subscribe(listensFor.flatMap(downwardTopics), { qos: 1 }, () => {});
    for (const standing of greeting()) void this.publishStanding(client, standing);
    this.emit('connected');
    for (const entry of [...outbox.waiting]) this.publish(client, entry);
  }

  private publish(client: MqttClient, entry: Entry): void {
    const { message } = entry;
    const again = entry.sent > 0;
    entry.sent += 1;
    const payload = typeof message.payload === 'string' ? message.payload : Buffer.from(message.payload);
    client.publish(topicOf(message.deviceId, message.kind), payload, { qos: 1 }, fault => {
      if (fault) return;
      // Only now: a broker that takes the login and nothing else must not be hammered.
      this.failures = 0;
      this.options.outbox.acknowledge(entry);
      this.emit('acknowledged', message);
    });
    this.emit('published', message, again);
  }

  private publishStanding(client: MqttClient, { deviceId, kind, payload }: Standing): Promise<void> {
    return new Promise(resolve => {
      client.publish(topicOf(deviceId, kind), payload, retainedAtLeastOnce, () => resolve());
    });
  }

  private sayGoodbye(client: MqttClient, farewell: readonly Standing[]): Promise<boolean> {
    return new Promise(resolve => {
      const cancel = this.options.time.after(goodbyeMs, () => resolve(false));
      client.once('close', () => resolve(false));
      void Promise.all(farewell.map(standing => this.publishStanding(client, standing)))
        .then(() => resolve(true))
        .finally(cancel);
    });
  }

  private hear(topic: string, payload: Uint8Array): void {
    const parsed = parseTopic(topic);
    if (parsed && isDownward(parsed.kind)) this.emit('heard', parsed.deviceId, parsed.kind, payload);
  }

  private lose(client: MqttClient): void {
    if (client !== this.client) return;
    this.client = null;
    void ended(client, true);
    const { time, luck, backoff = usualBackoff } = this.options;
    const retryInMs = backoffMs(this.failures, luck(), backoff);
    this.failures += 1;
    this.cancelRetry = time.after(retryInMs, () => this.connect());
    this.emit('disconnected', { reason: this.reason, retryInMs });
  }
}

/** A certificate that is shown decides alone, so the secret stays at home. */
function loginOf({ id, secret, certificate, privateKey }: Credential): IClientOptions {
  const who = { clientId: id, username: id };
  if (certificate === undefined || privateKey === undefined) return { ...who, password: secret };
  return { ...who, cert: certificate, key: privateKey };
}

function downwardTopics(deviceId: string): string[] {
  return downwardKinds.map(kind => topicOf(deviceId, kind));
}

function ended(client: MqttClient, force: boolean): Promise<void> {
  return new Promise(resolve => {
    client.end(force, () => resolve());
  });
}
