// What clients may hear: subscriptions are granted or refused one by one, kept if the session is, and then heard.
import type { Aedes, AedesOptions, Client, Subscription } from 'aedes';
import type { BrokerCounters } from './broker-counters.js';
import type { BrokerPolicy } from './broker-policy.js';
import type { Connections } from './connections.js';
import type { Mailboxes } from './mailboxes.js';
import type { Outlet } from './outlet.js';
import type { Session } from './session.js';

/** MQTT-3.9.3-2: the SUBACK's code for a refused filter. */
const refused = 0x80;

export class Listening {
  constructor(
    private readonly policy: BrokerPolicy,
    private readonly connections: Connections,
    private readonly mailboxes: Mailboxes,
    private readonly counters: BrokerCounters,
  ) {}

  /** Aedes sends its SUBACK when every filter is answered here: a kept one once it is stored. */
  readonly authorizeSubscribe: NonNullable<AedesOptions['authorizeSubscribe']> = (client, sub, done) => {
    const connection = this.connections.of(client);
    const session = connection?.session;
    if (!session || !this.mayBegin(session, sub.topic)) return done(null, null);
    const { mailbox, clientId } = session;
    const { topic: filter, qos } = sub;
    this.mailboxes.subscribe(mailbox, filter, qos);
    if (!mailbox.isKept) return done(null, sub);
    this.mailboxes.keep([{ kind: 'subscribe', clientId, filter, qos }]).then(
      () => done(null, sub),
      fault => connection.end('store-unavailable', { fault: String(fault) }),
    );
  };

  attach(aedes: Aedes): void {
    aedes.on('subscribe', (subscriptions, client) => this.begin(client, subscriptions));
    aedes.on('unsubscribe', (filters, client) => {
      const mailbox = this.connections.of(client)?.session?.mailbox;
      // Aedes gives up the subscriptions of everybody who goes; a kept session has them still.
      if (!mailbox || client.closed) return;
      for (const filter of filters) this.mailboxes.unsubscribe(mailbox, filter);
    });
  }

  /** A kept session speaks up again: what it may still hear holds as before, without a SUBSCRIBE. */
  resume(session: Session, outlet: Outlet): void {
    const { mailbox, clientId } = session;
    const mayHear = (filter: string) => this.policy.maySubscribe(session, filter);
    const filters = [...mailbox.subscriptions.keys()];
    const lost = filters.filter(filter => !mayHear(filter));
    for (const filter of lost) this.mailboxes.unsubscribe(mailbox, filter);
    if (lost.length > 0) this.mailboxes.note(lost.map(filter => ({ kind: 'unsubscribe', clientId, filter })));
    mailbox.discard(topic => !mayHear(topic));
    mailbox.attach(outlet);
    for (const [filter, subscription] of mailbox.subscriptions) {
      subscription.fresh = false;
      this.policy.subscribed(session, filter);
    }
  }

  private mayBegin(session: Session, filter: string): boolean {
    const { mailbox, clientId } = session;
    if (!this.policy.maySubscribe(session, filter)) {
      this.counters.refuse('filter-forbidden', clientId, { filter });
      return false;
    }
    const isMore = !mailbox.subscriptions.has(filter);
    const { filters, limits } = this.mailboxes;
    const hasRoom = mailbox.subscriptions.size < limits.filtersPerClient && filters < limits.filtersInAll;
    if (!isMore || hasRoom) return true;
    this.counters.refuse('filters-full', clientId);
    return false;
  }

  /** The SUBACK is written: what is retained follows, at every SUBSCRIBE anew (MQTT-3.8.4-3). */
  private begin(client: Client, subscriptions: readonly Subscription[]): void {
    const session = this.connections.of(client)?.session;
    if (!session) return;
    for (const { topic, qos } of subscriptions.filter(({ qos }) => (qos as number) !== refused)) {
      session.mailbox.replay(topic, qos);
      this.policy.subscribed(session, topic);
    }
  }
}
