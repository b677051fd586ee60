// The door for devices with somebody beside it who notes what passes, for the devices that an operator watches.
import { Injectable } from '@nestjs/common';
import {
  type Admission,
  BrokerCounters,
  BrokerPolicy,
  type BrokerSession,
  type Identity,
  type Login,
  type Packet,
  type Verdict,
} from '#adapters/broker';
import { parseTopic } from '#codecs/wire';
import { type BrokerChange, type Happening, Watches } from '#domain/intake';
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

  mayPublish(session: BrokerSession, topic: string): boolean {
    return this.door.mayPublish(session, topic);
  }

  maySubscribe(session: BrokerSession, filter: string): boolean {
    return this.door.maySubscribe(session, filter);
  }

  receive(session: BrokerSession, packet: Packet, changes: readonly BrokerChange[]): Promise<Verdict> {
    // A hub speaks for its children: the topic says for whom.
    const deviceId = parseTopic(packet.topic)?.deviceId ?? session.clientId;
    if (!this.watches.isWatched(deviceId)) return this.door.receive(session, packet, changes);
    const { topic, qos, payload, retain, dup = false } = packet;
    const began = performance.now();
    const tell = (happening: Happening) => this.watches.tell(deviceId, happening);
    const answer = (verdict: Verdict) =>
      tell({ what: 'answer', topic, verdict, afterMs: Math.round((performance.now() - began) * 10) / 10 });
    tell({ what: 'packet', topic, qos, bytes: payload.length, retain, dup });
    const verdict = this.door.receive(session, packet, changes);
    verdict.then(answer, () => answer('unavailable'));
    return verdict;
  }

  subscribed(session: BrokerSession, filter: string): void {
    this.door.subscribed(session, filter);
  }

  gone(session: BrokerSession, will: Packet | null): Packet | null {
    this.watches.tell(session.clientId, { what: 'gone', leftWill: will !== null });
    return this.door.gone(session, will);
  }
}
