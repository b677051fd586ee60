// What clients may hear: subscriptions are granted or refused one by one, and the policy learns when one begins.
import type { Aedes, AedesOptions, Client, Subscription } from 'aedes';
import type { BrokerCounters } from './broker-counters.js';
import type { BrokerPolicy } from './broker-policy.js';
import type { Connections } from './connections.js';
import type { Session } from './session.js';

/** MQTT-3.9.3-2: the SUBACK's code for a refused filter. */
const refused = 0x80;

export class Listening {
  private readonly restored = new WeakMap<Session, Subscription[]>();

  constructor(
    private readonly policy: BrokerPolicy,
    private readonly connections: Connections,
    private readonly counters: BrokerCounters,
  ) {}

  readonly authorizeSubscribe: NonNullable<AedesOptions['authorizeSubscribe']> = (client, sub, done) => {
    const connection = this.connections.of(client);
    const session = connection?.session;
    if (!session || !this.policy.maySubscribe(session, sub.topic)) {
      this.counters.refuse('filter-forbidden', client.id, { filter: sub.topic });
      return done(null, null);
    }
    session.granted.add(sub.topic);
    if (!connection.ready) this.restored.set(session, [...(this.restored.get(session) ?? []), sub]);
    done(null, sub);
  };

  attach(aedes: Aedes): void {
    aedes.on('subscribe', (subscriptions, client) => this.begin(client, subscriptions, true));
    aedes.on('unsubscribe', (filters, client) => {
      const session = this.connections.of(client)?.session;
      for (const filter of filters) session?.subscriptions.delete(filter);
    });
  }

  /** A kept session speaks up again: its subscriptions hold as before, without a SUBSCRIBE. */
  resume(client: Client): void {
    const session = this.connections.of(client)?.session;
    if (session) this.begin(client, this.restored.get(session) ?? [], false);
  }

  private begin(client: Client, subscriptions: readonly Subscription[], fresh: boolean): void {
    const session = this.connections.of(client)?.session;
    if (!session) return;
    for (const { topic, qos } of subscriptions.filter(({ qos }) => (qos as number) !== refused)) {
      session.subscriptions.set(topic, { qos, fresh });
      this.policy.subscribed(session, topic);
    }
  }
}
