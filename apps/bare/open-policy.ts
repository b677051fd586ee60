// The policy of a broker that is open to everybody: any name, any topic, any filter; what is said is stored first.
import { Injectable } from '@nestjs/common';
import {
  type Admission,
  BrokerPolicy,
  type BrokerSession,
  type Login,
  type Packet,
  type Verdict,
} from '#adapters/broker';
import type { BrokerChange } from '#domain/intake';
import { StoredLine } from './stored-line.js';

@Injectable()
export class OpenPolicy extends BrokerPolicy {
  constructor(private readonly line: StoredLine) {
    super();
  }

  async authenticate({ clientId }: Login): Promise<Admission> {
    // Vital, so that whoever tests take-overs is never kept out.
    const identity = { kind: 'device', deviceId: clientId, children: [], isVital: true } as const;
    return { admitted: true, identity };
  }

  contested(): void {}

  mayPublish(): boolean {
    return true;
  }

  maySubscribe(): boolean {
    return true;
  }

  receive({ clientId }: BrokerSession, packet: Packet, changes: readonly BrokerChange[]): Promise<Verdict> {
    return this.line.join(clientId, packet, changes).then(() => 'stored');
  }

  subscribed(): void {}

  gone(_session: BrokerSession, will: Packet | null): Packet | null {
    return will;
  }
}
