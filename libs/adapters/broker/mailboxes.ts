// Every mailbox: those of clients that are here, and those that are kept for clients that are not, a restart included.
import { Injectable } from '@nestjs/common';
import type { BrokerChange, KeptSession, QoS, SessionJournal } from '#domain/intake';
import { BrokerCounters } from './broker-counters.js';
import { type BrokerLimits, BrokerSettings } from './broker-settings.js';
import { Depot } from './depot.js';
import { FilterTree } from './filter-tree.js';
import { KeptSessions } from './kept-sessions.js';
import { Mailbox } from './mailbox.js';
import type { Post } from './post.js';
import { RetainedMessages } from './retained.js';

const dayMs = 86_400_000;

@Injectable()
export class Mailboxes implements Post {
  readonly limits: BrokerLimits;
  readonly retained: RetainedMessages;
  readonly subscribers = new FilterTree<Mailbox>();
  readonly depot: Depot;
  /** Subscriptions of all clients. */
  filters = 0;

  private readonly kept: KeptSessions;
  private journal: SessionJournal | null = null;
  private place = 0;

  constructor(
    { limits }: BrokerSettings,
    readonly counters: BrokerCounters,
  ) {
    this.limits = limits;
    this.retained = new RetainedMessages(limits.retainedBytes);
    this.depot = new Depot(limits);
    this.kept = new KeptSessions(limits);
  }

  get keptSessions(): number {
    return this.kept.size;
  }

  /** Everything is back as it was when the last process ended. */
  async open(journal: SessionJournal): Promise<void> {
    this.journal = journal;
    const { sessions, retained } = await journal.load();
    for (const message of retained) this.retained.put(message);
    for (const session of sessions) this.restore(session);
  }

  nextPlace(): number {
    this.place += 1;
    return this.place;
  }

  keep(changes: readonly BrokerChange[]): Promise<void> {
    return this.journal?.keep(changes) ?? Promise.reject(new Error('the broker is not open'));
  }

  /** As `keep`, for what nobody waits for. */
  note(changes: readonly BrokerChange[]): void {
    this.keep(changes).catch(() => this.counters.add('unkept', changes.length));
  }

  /** Of a client that keeps its session, whether it is here or not. */
  ofKept(clientId: string): Mailbox | undefined {
    return this.kept.get(clientId);
  }

  /** @returns null when as many sessions are kept as may be, which is counted. */
  seat(clientId: string, isKept: boolean): Mailbox | null {
    const known = isKept ? this.kept.get(clientId) : undefined;
    if (known) return known;
    const fullness = isKept ? this.kept.fullnessFor(clientId) : null;
    if (fullness === null) return new Mailbox(clientId, isKept, this);
    this.counters.refuse(fullness, clientId);
    return null;
  }

  /** A client that keeps its session connects. @returns whether there was one (MQTT-3.2.2-2), once that is stored. */
  async resume(mailbox: Mailbox, now: number): Promise<boolean> {
    const { clientId, seenAt } = mailbox;
    // It was ended while its client logged in.
    if (mailbox.isOver) return false;
    const isKnown = this.kept.get(clientId) === mailbox;
    mailbox.isExpected = true;
    this.kept.add(mailbox);
    if (isKnown && mailbox.isEmpty && now - seenAt < dayMs) return true;
    const forgotten: BrokerChange[] = isKnown ? [] : [{ kind: 'end-session', clientId }];
    try {
      await this.keep([...forgotten, this.sightOf(mailbox, now)]);
    } catch (fault) {
      mailbox.seenAt = seenAt;
      if (!isKnown) this.kept.delete(clientId);
      throw fault;
    }
    return isKnown;
  }

  /** MQTT-3.1.2-6: a client that wants a clean session has no other any more. */
  async end(clientId: string): Promise<void> {
    const mailbox = this.kept.get(clientId);
    if (!mailbox) return;
    this.kept.delete(clientId);
    this.clear(mailbox);
    await this.keep([{ kind: 'end-session', clientId }]);
  }

  async endWhere(matches: (clientId: string) => boolean): Promise<void> {
    const ended = [...this.kept.all()].map(({ clientId }) => clientId).filter(matches);
    await Promise.all(ended.map(clientId => this.end(clientId)));
  }

  subscribe(mailbox: Mailbox, filter: string, qos: QoS): void {
    if (mailbox.isOver) return;
    if (!mailbox.subscriptions.has(filter)) this.filters += 1;
    mailbox.subscriptions.set(filter, { qos, fresh: true });
    this.subscribers.set(filter, mailbox, qos);
  }

  unsubscribe(mailbox: Mailbox, filter: string): void {
    if (!mailbox.subscriptions.delete(filter)) return;
    this.filters -= 1;
    this.subscribers.delete(filter, mailbox);
    mailbox.stopReplay(filter);
  }

  /** The connection is over, and with it a clean session. */
  leave(mailbox: Mailbox, now: number): void {
    mailbox.seenAt = now;
    if (!mailbox.isKept) this.clear(mailbox);
  }

  /** Sessions that nobody came back to for long are forgotten; those in use are said to be so once a day. */
  sweep(now: number): void {
    const changes = [...this.kept.all()].flatMap(mailbox => this.ageOf(mailbox, now));
    if (changes.length > 0) this.note(changes);
  }

  private ageOf(mailbox: Mailbox, now: number): BrokerChange[] {
    const { clientId, seenAt, isExpected } = mailbox;
    const unseenMs = now - seenAt;
    if (isExpected) return unseenMs < dayMs ? [] : [this.sightOf(mailbox, now)];
    if (unseenMs < this.limits.keptSessionDays * dayMs) return [];
    this.kept.delete(clientId);
    this.clear(mailbox);
    this.counters.add('sessions.forgotten');
    return [{ kind: 'end-session', clientId }];
  }

  /** Its queue may be sent from now on. */
  private sightOf(mailbox: Mailbox, now: number): BrokerChange {
    mailbox.seenAt = now;
    return { kind: 'keep-session', clientId: mailbox.clientId, seenAt: now, sentThrough: this.place };
  }

  private clear(mailbox: Mailbox): void {
    mailbox.end();
    for (const filter of [...mailbox.subscriptions.keys()]) this.unsubscribe(mailbox, filter);
  }

  private restore(session: KeptSession): void {
    const { clientId, seenAt, sentThrough, subscriptions, queued } = session;
    const mailbox = new Mailbox(clientId, true, this);
    mailbox.seenAt = seenAt;
    mailbox.restore(session);
    this.kept.add(mailbox);
    for (const { filter, qos } of subscriptions) this.subscribe(mailbox, filter, qos);
    this.place = Math.max(this.place, sentThrough, ...queued.map(({ place }) => place));
  }
}
