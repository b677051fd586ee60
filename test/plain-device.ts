// A device without a life of its own: it says what a spec tells it to, message by message, as firmware would.
import mqtt, { type MqttClient } from 'mqtt';
import {
  type DownwardKind,
  downwardKinds,
  encodeSnapshot,
  parseTopic,
  topicOf,
  type UpwardKind,
} from '#codecs/wire';

export interface Credential {
  readonly id: string;
  readonly secret: string;
}

export interface Heard {
  readonly kind: DownwardKind;
  readonly body: unknown;
}

export class PlainDevice {
  readonly heard: Heard[] = [];
  readonly closed: Promise<void>;
  /** PUBACKs so far. */
  acknowledged = 0;
  private seq = 0;

  private constructor(
    readonly id: string,
    private readonly boot: number,
    private readonly client: MqttClient,
  ) {
    this.closed = new Promise(resolve => client.once('close', () => resolve()));
    client.on('error', () => {});
    client.on('packetreceive', ({ cmd }) => {
      if (cmd === 'puback') this.acknowledged += 1;
    });
    client.on('message', (topic, payload) => {
      const kind = parseTopic(topic)?.kind as DownwardKind;
      this.heard.push({ kind, body: JSON.parse(payload.toString()) });
    });
  }

  /** Connected, subscribed to all that is told to it, and announced with a retained status and a last will. */
  static async connect({ id, secret }: Credential, mqttPort: number, boot = 1): Promise<PlainDevice> {
    const status = topicOf(id, 'status');
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
      clientId: id,
      username: id,
      password: secret,
      reconnectPeriod: 0,
      will: {
        topic: status,
        payload: Buffer.from(JSON.stringify({ online: false, boot })),
        qos: 1,
        retain: true,
      },
    });
    const device = new PlainDevice(id, boot, client);
    await client.subscribeAsync(
      downwardKinds.map(kind => topicOf(id, kind)),
      { qos: 1 },
    );
    await client.publishAsync(status, JSON.stringify({ online: true, boot }), { qos: 1, retain: true });
    return device;
  }

  /** Resolves to its sequence number when it is acknowledged. */
  async report(values: Readonly<Record<string, number>>, bits: Readonly<Record<string, boolean>> = {}) {
    const seq = this.nextSeq();
    await this.say('telemetry', JSON.stringify({ boot: this.boot, seq, values, bits }));
    return seq;
  }

  async picture(image: Uint8Array): Promise<void> {
    const header = { boot: this.boot, seq: this.nextSeq(), type: 'image/jpeg' as const };
    await this.say('snapshot', encodeSnapshot({ ...header, image }));
  }

  async event(event: string): Promise<void> {
    await this.say('event', JSON.stringify({ boot: this.boot, seq: this.nextSeq(), event }));
  }

  /** Any payload at QoS 1, on one of its own topics; resolves when it is acknowledged. */
  say(kind: UpwardKind, payload: string | Uint8Array): Promise<unknown> {
    return this.sayOn(topicOf(this.id, kind), payload);
  }

  sayOn(topic: string, payload: string | Uint8Array): Promise<unknown> {
    const bytes = typeof payload === 'string' ? payload : Buffer.from(payload);
    return this.client.publishAsync(topic, bytes, { qos: 1 });
  }

  get connected(): boolean {
    return this.client.connected;
  }

  /** Without a word, so that the broker finds the will. */
  async cut(): Promise<void> {
    await this.client.endAsync(true);
  }

  private nextSeq(): number {
    this.seq += 1;
    return this.seq;
  }
}
