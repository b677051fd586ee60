// What Aedes asks of its persistence, answered from the mailboxes (aedes-persistence's asynchronous interface).
import { Readable } from 'node:stream';
import type { Client } from 'aedes';
import type { Connections } from './connections.js';
import type { Mailbox } from './mailbox.js';
import type { Mailboxes } from './mailboxes.js';

interface Acknowledgement {
  readonly cmd: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp';
  readonly messageId: number;
}

/** Aedes' word for a fault becomes the reason for which the connection ends. */
export const unavailable = 'the store is down';

/**
 * Aedes asks at the places where MQTT 3.1.1 §4.3 wants something kept. Nothing of ours passes through its emitter
 * (docs/adr/0002), so it is asked for nothing else: it queues, retains and remembers nothing itself.
 */
export class SessionMemory {
  constructor(
    private readonly connections: Connections,
    private readonly mailboxes: Mailboxes,
  ) {}

  async setup(): Promise<void> {}

  async destroy(): Promise<void> {}

  // ── subscriptions: those that are granted are kept where they are granted ──

  async addSubscriptions(): Promise<void> {}

  async removeSubscriptions(client: Client, filters: readonly string[]): Promise<void> {
    const { clientId } = this.mailboxOf(client);
    await stored(this.mailboxes.keep(filters.map(filter => ({ kind: 'unsubscribe', clientId, filter }))));
  }

  // ── messages to a client, between PUBLISH and its last acknowledgement ──

  /** After a PUBREC, before the PUBREL. */
  async outgoingUpdate(client: Client, { messageId }: Acknowledgement): Promise<void> {
    await stored(this.mailboxOf(client).received(messageId));
  }

  async outgoingClearMessageId(client: Client, { cmd, messageId }: Acknowledgement): Promise<undefined> {
    if (cmd === 'puback' || cmd === 'pubcomp') this.mailboxOf(client).acknowledge(messageId, cmd);
  }

  // ── QoS 2 from a client: kept with the message itself ──

  async incomingGetPacket(client: Client, { messageId }: { messageId: number }): Promise<object> {
    if (!this.mailboxOf(client).exactlyOnce.has(messageId)) throw new Error('no such packet');
    return { messageId };
  }

  async incomingStorePacket(): Promise<void> {}

  /** Before the PUBCOMP, after which the client may give the identifier to another message. */
  async incomingDelPacket(client: Client, { messageId }: { messageId: number }): Promise<void> {
    const mailbox = this.mailboxOf(client);
    const { clientId, isKept, exactlyOnce } = mailbox;
    try {
      if (isKept) await this.mailboxes.keep([{ kind: 'forget-once', clientId, packetId: messageId }]);
      exactlyOnce.forget(messageId);
    } catch (fault) {
      // Aedes would answer all the same.
      this.connections.of(client)?.end('store-unavailable', { fault: String(fault) });
    }
  }

  // ── what Aedes never gets to see ──

  createRetainedStreamCombi(): Readable {
    return Readable.from([]);
  }

  streamWill(): Readable {
    return Readable.from([]);
  }

  private mailboxOf(client: Client): Mailbox {
    const mailbox = this.connections.of(client)?.session?.mailbox;
    if (!mailbox) throw new Error('the connection is over');
    return mailbox;
  }
}

async function stored<T>(keeping: Promise<T>): Promise<T> {
  try {
    return await keeping;
  } catch (cause) {
    throw new Error(unavailable, { cause });
  }
}
