// Takes messages in, in the only place that Aedes asks before it acknowledges, and acts on what became of them.
import type { AedesOptions, Client, PublishPacket } from 'aedes';
import type { BrokerCounters } from './broker-counters.js';
import type { BrokerPolicy, Packet, Verdict } from './broker-policy.js';
import type { Connection } from './connection.js';
import type { Connections } from './connections.js';
import type { Session } from './session.js';
import type { SessionMemory } from './session-memory.js';

type Answer = (error?: Error | null) => void;

export class Reception {
  /** The store did not take the last message: what a client seems to be now may be our own fault. */
  isLame = false;

  private unanswered = 0;
  private whenIdle: (() => void) | null = null;

  constructor(
    private readonly policy: BrokerPolicy,
    private readonly connections: Connections,
    private readonly memory: SessionMemory,
    private readonly counters: BrokerCounters,
  ) {}

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
    this.begin(connection);
    this.receive(connection.session, client, packet).then(
      verdict => this.settle(connection, verdict, answer),
      fault => this.settle(connection, 'unavailable', answer, String(fault)),
    );
  };

  /** Resolves when every message that was received is answered, or after `timeoutMs`. */
  async drain(timeoutMs: number): Promise<void> {
    if (this.unanswered === 0) return;
    await new Promise<void>(resolve => {
      const patience = setTimeout(resolve, timeoutMs);
      this.whenIdle = () => {
        clearTimeout(patience);
        resolve();
      };
    });
  }

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
    this.finish(connection);
    switch (verdict) {
      case 'stored':
        this.isLame = false;
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
        this.isLame = true;
        connection.end('store-unavailable', { fault });
        break;
      default:
        verdict satisfies never;
    }
  }

  private begin(connection: Connection): void {
    connection.unanswered += 1;
    this.unanswered += 1;
  }

  private finish(connection: Connection): void {
    connection.unanswered -= 1;
    this.unanswered -= 1;
    if (this.unanswered === 0) this.whenIdle?.();
  }
}

function isAcknowledged(verdict: Verdict): boolean {
  return verdict === 'stored' || verdict === 'malformed' || verdict === 'passed';
}
