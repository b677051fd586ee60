// The way down to a device: straight to the connection that serves it, and never to anybody else.
import { Injectable } from '@nestjs/common';
import { downward, topicOf } from '#codecs/wire';
import { DeviceLink, type Downward } from '#domain/devices';
import { BrokerCounters } from './broker-counters.js';
import { BrokerSettings } from './broker-settings.js';
import type { Session } from './session.js';
import { SessionMemory } from './session-memory.js';
import { Sessions } from './sessions.js';

@Injectable()
export class AedesLink extends DeviceLink {
  constructor(
    private readonly sessions: Sessions,
    private readonly memory: SessionMemory,
    private readonly settings: BrokerSettings,
    private readonly counters: BrokerCounters,
  ) {
    super();
  }

  /**
   * Written after whatever is being acknowledged now. False as well when the device does not listen to this, or does
   * not read what it is told: then nothing is queued for it.
   */
  tell(deviceId: string, { kind, body }: Downward): boolean {
    const topic = topicOf(deviceId, kind);
    const session = this.sessions.serving(deviceId);
    const subscription = session?.subscriptions.get(topic);
    if (!session || !subscription) return false;
    if (!this.hasRoom(session)) return false;
    const clause = downward[kind];
    const packet = {
      cmd: 'publish',
      topic,
      payload: Buffer.from(JSON.stringify(body)),
      qos: subscription.qos === 0 ? 0 : clause.qos,
      retain: clause.retain && subscription.fresh,
      dup: false,
    } as const;
    subscription.fresh = false;
    session.client.publish(packet, () => this.counters.add('told'));
    return true;
  }

  isConnected(deviceId: string): boolean {
    return this.sessions.serving(deviceId) !== undefined;
  }

  disconnect(deviceId: string): void {
    this.sessions.ofDevice(deviceId)?.end('revoked');
  }

  connections(): number {
    return this.sessions.size;
  }

  private hasRoom({ client, clientId }: Session): boolean {
    if (client.conn.writableLength > this.settings.limits.unreadBytes) {
      this.counters.refuse('output-full', clientId);
      return false;
    }
    if (this.memory.isFull(clientId)) {
      this.counters.refuse('queue-full', clientId);
      return false;
    }
    return true;
  }
}
