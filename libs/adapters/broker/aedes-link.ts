// The way down to a device: straight to the connection that serves it, and never to anybody else.
import { Injectable } from '@nestjs/common';
import { downward, topicOf } from '#codecs/wire';
import { DeviceLink, type Downward, type Remains } from '#domain/devices';
import { BrokerCounters } from './broker-counters.js';
import { least } from './copy.js';
import { Mailboxes } from './mailboxes.js';
import type { Session } from './session.js';
import { Sessions } from './sessions.js';

@Injectable()
export class AedesLink extends DeviceLink {
  constructor(
    private readonly sessions: Sessions,
    private readonly mailboxes: Mailboxes,
    private readonly counters: BrokerCounters,
  ) {
    super();
  }

  /**
   * Written after whatever is being acknowledged now. False as well when the device does not listen to this, or does
   * not read what it is told: then nothing is queued for it.
   */
  tell(deviceId: string, message: Downward): boolean {
    const { kind, body } = message;
    const topic = topicOf(deviceId, kind);
    const session = this.sessions.serving(deviceId);
    const subscription = session?.mailbox.subscriptions.get(topic);
    if (!session?.mailbox.isAttached || !subscription || !this.hasRoom(session)) return false;
    const clause = downward[kind];
    const copy = {
      topic,
      payload: Buffer.from(JSON.stringify(body)),
      qos: least(subscription.qos, clause.qos),
      retain: clause.retain && subscription.fresh,
    };
    subscription.fresh = false;
    // What a device is told afresh whenever it subscribes is not sent again: an old copy of it would be a lie.
    const isFleeting = message.kind === 'command' && message.isFleeting === true;
    const outlives = kind !== 'config' && kind !== 'binding' && !isFleeting;
    setImmediate(() => {
      if (session.mailbox.send(copy, outlives)) this.counters.add('told');
    });
    return true;
  }

  /** What the batch acknowledged before it is on its way into memory, and must be there to be forgotten. */
  forget({ topics, clientIds }: Remains): void {
    setImmediate(() => {
      const isOver = new Set(topics);
      for (const topic of isOver) this.mailboxes.retained.drop(topic);
      for (const clientId of clientIds) {
        const present = this.sessions.ofClient(clientId)?.mailbox;
        for (const owed of new Set([present, this.mailboxes.ofKept(clientId)]))
          owed?.discard(topic => isOver.has(topic));
      }
    });
  }

  isConnected(deviceId: string): boolean {
    return this.sessions.serving(deviceId) !== undefined;
  }

  disconnect(deviceId: string): void {
    this.sessions.cutDevice(deviceId);
  }

  connections(): number {
    return this.sessions.size;
  }

  private hasRoom({ mailbox, clientId }: Session): boolean {
    const reason = mailbox.hasRoom ? mailbox.fullness : 'output-full';
    if (reason) this.counters.refuse(reason, clientId);
    return reason === null;
  }
}
