// Takes messages in, in the only place that Aedes asks before it acknowledges, and acts on what became of them.
import type { AedesOptions, Client, PublishPacket } from 'aedes';
import type { Backlog } from './backlog.js';
import type { BrokerCounters } from './broker-counters.js';
import type { BrokerPolicy, Packet, Verdict } from './broker-policy.js';
import type { Connection } from './connection.js';
import type { Connections } from './connections.js';
import type { Session } from './session.js';
import type { SessionMemory } from './session-memory.js';

type Answer = (error?: Error | null) => void;

export class Reception {
  /** The store did not take the last message. */
  private wasRefused = false;

  constructor(
    private readonly policy: BrokerPolicy,
    private readonly connections: Connections,
    private readonly memory: SessionMemory,
    private readonly counters: BrokerCounters,
    private readonly backlog: Backlog,
  ) {}

  /** What a client seems to be now may be our own fault. */
  get isLame(): boolean {
    return this.wasRefused || this.backlog.isStuck;
  }

  /**
   * Everything up to the policy's `receive` is synchronous, so messages of one client reach it in their order; what it
   * answers comes back in that order too. A refused message gets no answer: its connection is closed.
   */
  readonly authorizePublish: NonNullable<AedesOptions['authorizePublish']> = (client, packet, answer) => {
    const connection = client ? this.connections.of(client) : undefined;
    // Without a client it would be a will of an earlier process. None is kept, and none is ever said.
    if (!client || !connection?.session) return answer();
    this.counters.add('messages');
    if (!this.policy.mayPublish(connection.session, packet.topic)) {
      return connection.end('publish-forbidden', { topic: packet.topic });
    }
    const finish = this.begin(connection, packet.payload.length);
    const settle = (verdict: Verdict, fault?: string) => {
      finish();
      this.settle(connection, verdict, answer, fault);
    };
    this.receive(connection.session, client, packet).then(settle, fault =>
      settle('unavailable', String(fault)),
    );
  };

  private receive(session: Session, client: Client, packet: PublishPacket): Promise<Verdict> {
    const { topic, qos, retain, messageId = 0 } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const received: Packet = { topic, payload, qos, retain };
    if (qos !== 2) return this.ask(session, received);
    if (this.memory.isUnderWay(client.id, messageId)) this.counters.add('duplicates');
    return this.memory.once(client.id, messageId, () => this.ask(session, received), isAcknowledged);
  }

  /** What the policy throws at once is a rejection like any other. */
  private ask(session: Session, packet: Packet): Promise<Verdict> {
    try {
      return this.policy.receive(session, packet);
    } catch (fault) {
      return Promise.reject(fault);
    }
  }

  private settle(connection: Connection, verdict: Verdict, answer: Answer, fault = 'none'): void {
    switch (verdict) {
      case 'stored':
        this.wasRefused = false;
        this.counters.add('acknowledged');
        answer();
        break;
      case 'passed':
        this.counters.add('acknowledged');
        answer();
        break;
      case 'malformed':
        this.counters.add('malformed');
        answer();
        break;
      case 'forbidden':
        connection.end('publish-forbidden');
        break;
      case 'unavailable':
        this.wasRefused = true;
        connection.end('store-unavailable', { fault });
        break;
      default:
        verdict satisfies never;
    }
  }

  /** @returns what ends it. */
  private begin(connection: Connection, bytes: number): () => void {
    connection.unanswered += 1;
    this.backlog.add(bytes);
    return () => {
      connection.unanswered -= 1;
      this.backlog.remove(bytes);
    };
  }
}

function isAcknowledged(verdict: Verdict): boolean {
  return verdict === 'stored' || verdict === 'malformed' || verdict === 'passed';
}
