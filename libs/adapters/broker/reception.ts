// Takes messages in, in the only place that Aedes asks before it acknowledges, and acts on what became of them.
import type { AedesOptions } from 'aedes';
import type { BrokerChange } from '#domain/intake';
import type { Backlog } from './backlog.js';
import type { BrokerCounters } from './broker-counters.js';
import type { Answer, BrokerPolicy, Packet, Verdict, Way } from './broker-policy.js';
import type { Connection } from './connection.js';
import type { Connections } from './connections.js';
import type { FanOut, Publication } from './fan-out.js';
import type { Session } from './session.js';
import type { Sessions } from './sessions.js';

const nothingMore: readonly BrokerChange[] = [];

export class Reception {
  /** The store did not take the last message. */
  private wasRefused = false;

  constructor(
    private readonly policy: BrokerPolicy,
    private readonly connections: Connections,
    private readonly sessions: Sessions,
    private readonly fanOut: FanOut,
    private readonly counters: BrokerCounters,
    private readonly backlog: Backlog,
  ) {}

  /** What a client seems to be now may be our own fault. */
  get isLame(): boolean {
    return this.wasRefused || this.backlog.isStuck;
  }

  /**
   * What comes the long way, through Aedes. Of QoS 2 it is answered there, after all that was said before. Aedes reads
   * nothing more of a client until then; so the rest is answered by ourselves, as on the short way.
   */
  readonly authorizePublish: NonNullable<AedesOptions['authorizePublish']> = (client, packet, goOn) => {
    const connection = client ? this.connections.of(client) : undefined;
    // Without a client it would be a will of an earlier process. None is kept, and none is ever said.
    if (!client || !connection?.session) return goOn();
    const { topic, qos, retain, dup, messageId = 0 } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const received = { topic, payload, qos, retain, dup };
    const acknowledge = () => {
      connection.writeAnswers();
      goOn();
    };
    if (qos === 2) return this.hear(connection, connection.session, received, messageId, acknowledge);
    packet.qos = 0;
    this.hear(connection, connection.session, received, messageId);
    goOn();
  };

  /**
   * Everything up to the policy's way is synchronous, so messages of one client reach it in their order; what it
   * answers comes back in that order too. A refused message gets no answer: its connection is closed.
   * @param acknowledge instead of a PUBACK of our own
   */
  hear(
    connection: Connection,
    session: Session,
    packet: Packet,
    packetId: number,
    acknowledge: (() => void) | null = null,
  ): void {
    this.counters.add('messages');
    const way = this.wayOf(session, packet.topic);
    if (way === null) {
      connection.end('publish-forbidden', { topic: packet.topic });
      return;
    }
    if (packet.qos === 2 && session.mailbox.hasTooManyInFlight(packetId)) {
      connection.end('protocol', { fault: 'too many messages without a PUBREL' });
      return;
    }
    const bytes = packet.payload.length;
    connection.owe(bytes);
    let isCounted = true;
    // Counted as answered in the same moment as it is: a stop waits for the one and means the other.
    const settle: Answer = (verdict, fault) => {
      if (isCounted) connection.settle(bytes);
      isCounted = false;
      if (verdict === 'aside') return connection.gate.answered();
      if (!this.isAcknowledged(verdict, connection, fault)) return;
      // A later session of the client may have begun meanwhile: nothing is acknowledged under an old number.
      if (!this.sessions.isPresent(session)) connection.stream.destroy();
      else if (acknowledge === null) connection.answer(packetId);
      else acknowledge();
    };
    if (packet.qos === 2) this.takeOnce(session, way, packet, packetId, settle);
    else this.take(way, packet, nothingMore, settle);
  }

  /** Takes in what a client left to be said. */
  lastWord(session: Session, will: Packet): void {
    const way = this.policy.way(session, will.topic);
    if (way === null) return;
    this.take(way, will, nothingMore, (_verdict, fault) => {
      if (fault === undefined) return;
      this.counters.refuse('store-unavailable', session.clientId, { fault: String(fault) });
    });
  }

  private wayOf(session: Session, topic: string): Way | null {
    const { lastSaid } = session;
    if (lastSaid?.topic === topic) return lastSaid.way;
    const way = this.policy.way(session, topic);
    session.lastSaid = way && { topic, way };
    return way;
  }

  private takeOnce(session: Session, way: Way, received: Packet, packetId: number, answer: Answer): void {
    const { exactlyOnce } = session.mailbox;
    if (exactlyOnce.isUnderWay(packetId)) this.counters.add('duplicates');
    exactlyOnce
      .once(packetId, () => this.noted(session, way, received, packetId))
      .then(answer, fault => answer('unavailable', fault));
  }

  /** That it was received is stored with it, or by itself when nothing of it is stored. */
  private async noted(session: Session, way: Way, received: Packet, packetId: number): Promise<Verdict> {
    const { clientId, mailbox } = session;
    const once = { kind: 'receive-once', clientId, packetId } as const;
    const more = mailbox.isKept ? [once] : nothingMore;
    const verdict = await new Promise<Verdict>((resolve, reject) => {
      this.take(way, received, more, (verdict, fault) => {
        // Aedes reads nothing more of its client, whatever we say.
        if (verdict === 'aside') return;
        if (fault === undefined) resolve(verdict);
        else reject(fault);
      });
    });
    if (mailbox.isKept && (verdict === 'passed' || verdict === 'malformed')) await mailbox.keep([once]);
    return verdict;
  }

  /** Has it stored together with what those who listen are owed; then they hear it. */
  private take(way: Way, received: Packet, more: readonly BrokerChange[], settle: Answer): void {
    const publication = this.fanOut.plan(received);
    const { packet, changes } = publication;
    const answer: Answer = (verdict, fault) => {
      if (verdict === 'aside') return settle(verdict);
      const trouble = this.send(publication, verdict);
      if (trouble === null) settle(verdict, fault);
      else settle('unavailable', trouble);
    };
    try {
      way.take(packet, more.length > 0 ? [...changes, ...more] : changes, answer);
    } catch (fault) {
      answer('unavailable', fault);
    }
  }

  /** On the word `stored` to those who listen. @returns what went wrong with that. */
  private send(publication: Publication, verdict: Verdict): unknown {
    try {
      if (verdict === 'stored') this.fanOut.deliver(publication);
      else this.fanOut.abandon(publication);
      return null;
    } catch (fault) {
      this.fanOut.abandon(publication);
      return fault;
    }
  }

  /** Acts on what became of a message. */
  private isAcknowledged(verdict: Verdict, connection: Connection, fault: unknown = 'none'): boolean {
    switch (verdict) {
      case 'stored':
      case 'passed':
      case 'malformed':
        if (verdict === 'stored') this.wasRefused = false;
        if (verdict === 'malformed') this.counters.add('malformed');
        else this.counters.add('acknowledged');
        return true;
      case 'forbidden':
        connection.end('publish-forbidden');
        return false;
      case 'put-off':
        this.counters.refuse('put-off', connection.culprit);
        return false;
      case 'unavailable':
        this.wasRefused = true;
        connection.end('store-unavailable', { fault: String(fault) });
        return false;
      default:
        return verdict satisfies never;
    }
  }
}
