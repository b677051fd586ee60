// The door for devices with somebody beside it who notes what passes, for the devices that an operator watches.
import { Injectable } from '@nestjs/common';
import {
  type Admission,
  type Answer,
  BrokerCounters,
  BrokerPolicy,
  type BrokerSession,
  type Identity,
  type Login,
  type Packet,
  type Way,
} from '#adapters/broker';
import { parseTopic } from '#codecs/wire';
import { Watches } from '#domain/intake';
import { MqttDoor } from './mqtt-door.js';

@Injectable()
export class WatchedDoor extends BrokerPolicy {
  constructor(
    private readonly door: MqttDoor,
    private readonly watches: Watches,
    counters: BrokerCounters,
  ) {
    super();
    counters.onRefusal = (reason, clientId) => watches.tell(clientId, { what: 'refusal', reason });
  }

  async authenticate(login: Login): Promise<Admission> {
    const admission = await this.door.authenticate(login);
    const { clientId, address } = login;
    this.watches.tell(clientId, { what: 'login', isGranted: admission.admitted, address });
    return admission;
  }

  contested(identity: Identity): void {
    this.door.contested(identity);
  }

  way(session: BrokerSession, topic: string): Way | null {
    const way = this.door.way(session, topic);
    if (way === null) return null;
    // A hub speaks for its children: the topic says for whom.
    const deviceId = parseTopic(topic)?.deviceId ?? session.clientId;
    return {
      take: (packet, changes, answer) => {
        const told = this.watches.isWatched(deviceId) ? this.note(deviceId, packet, answer) : answer;
        way.take(packet, changes, told);
      },
    };
  }

  maySubscribe(session: BrokerSession, filter: string): boolean {
    return this.door.maySubscribe(session, filter);
  }

  subscribed(session: BrokerSession, filter: string): void {
    this.door.subscribed(session, filter);
  }

  gone(session: BrokerSession, will: Packet | null): Packet | null {
    this.watches.tell(session.clientId, { what: 'gone', leftWill: will !== null });
    return this.door.gone(session, will);
  }

  /** @returns the answer, noted too. */
  private note(
    deviceId: string,
    { topic, qos, payload, retain, dup = false }: Packet,
    answer: Answer,
  ): Answer {
    const began = performance.now();
    this.watches.tell(deviceId, { what: 'packet', topic, qos, bytes: payload.length, retain, dup });
    return (verdict, fault) => {
      const afterMs = Math.round((performance.now() - began) * 10) / 10;
      this.watches.tell(deviceId, { what: 'answer', topic, verdict, afterMs });
      answer(verdict, fault);
    };
  }
}
