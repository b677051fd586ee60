// The MQTT broker: hands every socket that its doors let in through a gate to Aedes, and stops in order.
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import type { AedesOptions, Client } from 'aedes';
import { Clock } from '#domain/clock';
import { SessionJournal } from '#domain/intake';
import { AddressBook } from './address-book.js';
import { type AedesFault, refusalOf } from './aedes-faults.js';
import { AnswerRound } from './answer-round.js';
import { awaitConnect } from './arrival.js';
import { Backlog } from './backlog.js';
import { BrokerCounters } from './broker-counters.js';
import { BrokerPolicy, type PresentedCertificate } from './broker-policy.js';
import { BrokerSettings } from './broker-settings.js';
import { type Connect, connectOf } from './connect-packet.js';
import { Connection, type House } from './connection.js';
import { Connections } from './connections.js';
import { type DoorKeeper, Doors } from './doors.js';
import { answerEachFilter } from './each-filter.js';
import { EntryRound } from './entry-round.js';
import { FanOut } from './fan-out.js';
import { KeepAlive } from './keep-alive.js';
import { clientOf } from './lean-client.js';
import { Listening } from './listening.js';
import { LoginDesk, type Seat } from './login-desk.js';
import { Mailboxes } from './mailboxes.js';
import { QuietAedes } from './quiet-aedes.js';
import { Reception } from './reception.js';
import { SessionMemory } from './session-memory.js';
import { Sessions } from './sessions.js';
import { TakeOvers } from './take-overs.js';
import type { TlsIdentity } from './tls-door.js';
import { WaitingRoom } from './waiting-room.js';

/** How often sessions are looked through for those that nobody came back to. */
const sweepMs = 3_600_000;

/** Aedes never gets to see a CONNECT; if it did, it would let nobody in. */
const nobody: NonNullable<AedesOptions['authenticate']> = (_client, _username, _password, done) =>
  done(null, false);

@Injectable()
export class Broker implements DoorKeeper {
  private readonly logger = new Logger('Broker');
  private readonly connections = new Connections();
  private readonly keepAlive = new KeepAlive(() => this.connections.all());
  private readonly addresses: AddressBook;
  private readonly waitingRoom: WaitingRoom;
  private readonly entries = new EntryRound();
  private readonly backlog: Backlog;
  private readonly reception: Reception;
  private readonly listening: Listening;
  private readonly desk: LoginDesk;
  private readonly house: House;
  private readonly aedes: QuietAedes;
  private readonly doors: Doors;
  private sweeping: NodeJS.Timeout | undefined;
  private state: 'new' | 'open' | 'stopping' = 'new';

  constructor(
    private readonly settings: BrokerSettings,
    private readonly policy: BrokerPolicy,
    private readonly sessions: Sessions,
    private readonly counters: BrokerCounters,
    private readonly mailboxes: Mailboxes,
    private readonly journal: SessionJournal,
    private readonly clock: Clock,
  ) {
    const { limits } = settings;
    this.addresses = new AddressBook(settings);
    this.waitingRoom = new WaitingRoom(limits);
    this.backlog = new Backlog(limits, () => counters.refuse('backlog-full', 'everybody'));
    const fanOut = new FanOut(mailboxes);
    this.reception = new Reception(policy, this.connections, sessions, fanOut, counters, this.backlog);
    this.house = {
      limits,
      counters,
      backlog: this.backlog,
      answers: new AnswerRound(),
      hear: (connection, session, packet, packetId) =>
        this.reception.hear(connection, session, packet, packetId),
    };
    this.listening = new Listening(policy, this.connections, mailboxes, counters);
    this.desk = new LoginDesk(
      policy,
      sessions,
      mailboxes,
      this.addresses,
      new TakeOvers(limits, counters),
      counters,
      clock,
    );
    this.aedes = new QuietAedes({
      persistence: new SessionMemory(this.connections, mailboxes),
      drainTimeout: limits.unreadMs,
      maxTopicLevels: limits.topicLevels,
      maxInflightInbound: limits.exactlyOnceInFlight,
      authenticate: nobody,
      authorizePublish: this.reception.authorizePublish,
      authorizeSubscribe: this.listening.authorizeSubscribe,
    });
    this.doors = new Doors(settings, this.addresses, counters, this);
  }

  /** @throws DomainError `port-busy`. */
  async listen(): Promise<{ port: number }> {
    await this.open();
    const port = await this.doors.listen();
    this.logger.log({ event: 'mqtt-listening', port });
    return { port };
  }

  get isOpen(): boolean {
    return this.state === 'open';
  }

  /** Messages that were taken in and are neither stored nor refused yet. */
  get unanswered(): number {
    return this.backlog.size;
  }

  /** Messages that clients have not acknowledged, whether they are there or not. */
  get queued(): number {
    return this.mailboxes.depot.size;
  }

  /** The store does not take what was received: what clients seem to be now may be our own fault. */
  get isLame(): boolean {
    return this.reception.isLame;
  }

  /**
   * MQTT over TLS, once the broker listens. Told again, it shows the new identity to whoever comes from then on;
   * connections stay. @throws DomainError `port-busy`, or Error for what is no certificate and its key.
   */
  async secure(identity: TlsIdentity): Promise<{ port: number }> {
    const port = await this.doors.secure(identity);
    this.logger.log({ event: 'mqtt-tls-listening', port });
    return { port };
  }

  /** MQTT over WebSocket on `path` of this server, once the broker listens. */
  attachWebSocket(server: Server, path = '/mqtt'): void {
    this.doors.attachWebSocket(server, path);
  }

  /** Takes nobody new, reads nothing more, answers what is being stored, then closes; nobody's will is heard. */
  async stop(): Promise<void> {
    if (this.state !== 'open') return;
    this.state = 'stopping';
    clearInterval(this.sweeping);
    this.keepAlive.stop();
    this.doors.stop();
    const open = [...this.connections.all()];
    for (const { gate } of open) gate.shut();
    await this.backlog.drain(this.settings.limits.drainMs);
    await Promise.all(open.map(connection => connection.close()));
    await new Promise<void>(resolve => this.aedes.close(resolve));
  }

  private async open(): Promise<void> {
    await this.mailboxes.open(this.journal);
    this.sweep();
    this.sweeping = setInterval(() => this.sweep(), sweepMs).unref();
    this.keepAlive.start();
    this.listening.attach(this.aedes);
    this.aedes.on('clientError', (client, fault) => this.explain(client, fault));
    this.aedes.on('error' as 'closed', (...faults: unknown[]) => {
      this.logger.error({ event: 'mqtt-broker-error', fault: String(faults[0]) });
    });
    await this.aedes.listen();
    this.state = 'open';
  }

  /** A socket that has its place. */
  enter(stream: Duplex, address: string, certificate: PresentedCertificate | null): void {
    const connection = new Connection(stream, address, certificate, this.house);
    this.connections.add(connection);
    this.counters.add('connections.total');
    this.counters.add('connections.open');
    stream.on('close', () => this.leave(connection));
    awaitConnect(connection, bytes => void this.greet(connection, connectOf(bytes)));
    this.waitingRoom.enter(connection);
  }

  private async greet(connection: Connection, connect: Connect): Promise<void> {
    try {
      const seat = await this.desk.receive(connection, connect);
      if (seat) this.entries.add(() => this.letIn(connection, connect, seat));
    } catch (fault) {
      connection.end('store-unavailable', { fault: String(fault) });
    }
  }

  private letIn(connection: Connection, connect: Connect, seat: Seat): void {
    try {
      if (connection.isOpen && this.isOpen) this.begin(connection, connect, seat);
    } catch (fault) {
      connection.end('store-unavailable', { fault: String(fault) });
    }
  }

  /** The CONNACK, and behind it what waits for the client, leave in one piece; then its packets may come. */
  private begin(connection: Connection, connect: Connect, { session, isPresent }: Seat): void {
    this.waitingRoom.leave(connection);
    answerEachFilter(clientOf(this.aedes, connection.stream, { ...connect, clientId: session.clientId }));
    this.listening.resume(session, connection.begin(isPresent));
    connection.gate.open();
  }

  /** Forgets sessions that nobody came back to for long; runs by itself every hour. */
  sweep(): void {
    this.mailboxes.sweep(this.clock.now());
  }

  private leave(connection: Connection): void {
    const { session } = connection;
    connection.over();
    this.connections.remove(connection);
    this.waitingRoom.leave(connection);
    this.counters.add('connections.open', -1);
    if (!session) return;
    this.sessions.remove(session);
    this.counters.add('sessions.open', -1);
    session.mailbox.detach(connection.outlet);
    this.mailboxes.leave(session.mailbox, this.clock.now());
    const said = this.policy.gone(session, this.lastWordOf(connection));
    if (said) this.reception.lastWord(session, said);
  }

  /** A will is a hint, and none at all when the fault may be ours. */
  private lastWordOf(connection: Connection): Connection['will'] {
    if (!connection.will || connection.gate.saidGoodbye) return null;
    const isBelieved = connection.hasVanished && !this.reception.isLame && this.isOpen;
    this.counters.add(isBelieved ? 'wills' : 'wills-held-back');
    return isBelieved ? connection.will : null;
  }

  /** Aedes is closing a socket and says why. */
  private explain(client: Client, fault: AedesFault): void {
    const reason = refusalOf(fault);
    if (reason) this.connections.of(client)?.noteCut(reason, { fault: fault.message });
  }
}
