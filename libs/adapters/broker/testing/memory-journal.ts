// A journal for tests: it outlives the broker that writes it, so that the next one finds what is durable.
import type { Remains } from '#domain/devices';
import {
  type BrokerChange,
  type BrokerMemory,
  type KeptSession,
  type RetainedMessage,
  SessionJournal,
} from '#domain/intake';

type Mutable<T> = { -readonly [P in keyof T]: T[P] };

export class MemoryJournal extends SessionJournal {
  readonly written: BrokerChange[] = [];
  isDown = false;
  /** Runs before each write. */
  gate: () => Promise<void> = async () => {};
  private readonly sessions = new Map<string, Mutable<KeptSession>>();
  private readonly retained = new Map<string, RetainedMessage>();

  async load(): Promise<BrokerMemory> {
    return structuredClone({ sessions: [...this.sessions.values()], retained: [...this.retained.values()] });
  }

  async keep(changes: readonly BrokerChange[]): Promise<void> {
    await this.gate();
    if (this.isDown) throw new Error('disk full');
    for (const change of changes) this.apply(change);
    this.written.push(...changes);
  }

  /** How often something of this kind was written. */
  count(kind: BrokerChange['kind']): number {
    return this.written.filter(change => change.kind === kind).length;
  }

  private forget({ topics, clientIds }: Remains): void {
    for (const topic of topics) this.retained.delete(topic);
    for (const session of clientIds.flatMap(id => this.sessions.get(id) ?? []))
      session.queued = session.queued.filter(({ topic }) => !topics.includes(topic));
  }

  private apply(change: BrokerChange): void {
    if (change.kind === 'retain') return void this.retained.set(change.topic, change);
    if (change.kind === 'unretain') return void this.retained.delete(change.topic);
    if (change.kind === 'forget') return void this.forget(change);
    const { clientId } = change;
    const session = this.sessions.get(clientId) ?? emptySession(clientId);
    const others = session.queued.filter(
      ({ packetId }) => !('packetId' in change) || packetId !== change.packetId,
    );
    switch (change.kind) {
      case 'end-session':
        return void this.sessions.delete(clientId);
      case 'keep-session':
        return void this.sessions.set(clientId, { ...session, ...change });
      case 'subscribe':
      case 'unsubscribe': {
        const rest = session.subscriptions.filter(({ filter }) => filter !== change.filter);
        session.subscriptions = change.kind === 'subscribe' ? [...rest, change] : rest;
        return;
      }
      case 'queue':
        session.queued = [...others, change];
        return;
      case 'dequeue':
        session.queued = others;
        return;
      case 'release':
        session.queued = session.queued.map(message =>
          others.includes(message) ? message : { ...message, state: 'released', payload: new Uint8Array() },
        );
        return;
      case 'receive-once':
        session.receivedOnce = [...session.receivedOnce, change.packetId];
        return;
      case 'forget-once':
        session.receivedOnce = session.receivedOnce.filter(packetId => packetId !== change.packetId);
        return;
      default:
        change satisfies never;
    }
  }
}

function emptySession(clientId: string): Mutable<KeptSession> {
  return { clientId, seenAt: 0, sentThrough: 0, subscriptions: [], queued: [], receivedOnce: [] };
}
