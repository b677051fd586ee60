// A broker that is open to everybody, with clients that listen, speak, go and come back.
import type { IConnackPacket, IPublishPacket } from 'mqtt-packet';
import type { BrokerLimits } from '../broker-settings.js';
import { OpenBroker, publishPacket, type RawClient, until } from './open-broker.js';

type Filters = Readonly<Record<string, 0 | 1 | 2>>;

export class Hall {
  private broker: OpenBroker | null = null;
  private speakers = 0;

  get house(): OpenBroker {
    if (!this.broker) throw new Error('the hall is not open');
    return this.broker;
  }

  readonly open = async (limits: Partial<BrokerLimits> = {}): Promise<void> => {
    this.broker = new OpenBroker({ burst: 100_000, messagesPerS: 100_000, ...limits });
    this.house.policy.isOpen = true;
    await this.house.open();
  };

  readonly close = (): Promise<void> => this.house.close();

  readonly reopen = async (limits: Partial<BrokerLimits>): Promise<void> => {
    await this.close();
    await this.open(limits);
  };

  /** After a crash, with what was durable. */
  readonly restart = async (limits: Partial<BrokerLimits> = {}): Promise<void> => {
    this.broker = await this.house.restarted(limits);
  };

  /** Granted once this resolves. */
  readonly listener = async (id: string, filters: Filters, clean = true): Promise<RawClient> => {
    const client = await this.house.login(id, clean);
    if (Object.keys(filters).length > 0) await this.subscribe(client, filters);
    return client;
  };

  /** Connected with clean session 0, and subscribed. */
  readonly keeper = (id: string, filters: Filters = {}): Promise<RawClient> =>
    this.listener(id, filters, false);

  readonly subscribe = async (client: RawClient, filters: Filters): Promise<void> => {
    const before = client.of('suback').length;
    const subscriptions = Object.entries(filters).map(([topic, qos]) => ({ topic, qos }));
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    await until(() => client.of('suback').length > before);
  };

  readonly gone = async (client: RawClient): Promise<void> => {
    const before = this.house.link.connections();
    client.socket.destroy();
    await until(() => this.house.link.connections() < before);
  };

  /** All that was sent to a client before the answer to this ping is there. */
  readonly settled = async (client: RawClient): Promise<void> => {
    const before = client.of('pingresp').length;
    client.send({ cmd: 'pingreq' });
    await until(() => client.of('pingresp').length > before);
  };

  readonly say = async (
    topic: string,
    payload: string,
    options: Parameters<typeof publishPacket>[3] = {},
  ): Promise<RawClient> => {
    const speaker = await this.house.login(`speaker-${this.speakers++}`);
    speaker.send(publishPacket(topic, payload, 1, options));
    if (options.qos === 0) await this.settled(speaker);
    else await until(() => speaker.of(options.qos === 2 ? 'pubrec' : 'puback').length === 1);
    if (options.qos === 2) speaker.send({ cmd: 'pubrel', messageId: 1 });
    return speaker;
  };
}

export const publishes = (client: RawClient) => client.of('publish') as IPublishPacket[];

export const present = (client: RawClient) => (client.of('connack')[0] as IConnackPacket).sessionPresent;

export const idOf = (client: RawClient, place = 0) => publishes(client)[place]?.messageId ?? 0;

export function connectAs(clientId: string) {
  return { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId, keepalive: 0 } as const;
}
