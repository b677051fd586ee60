// The policy of a broker that is open to everybody: any name, any topic, any filter; what is said is stored first.
import { Injectable } from '@nestjs/common';
import {
  type Admission,
  BrokerPolicy,
  type BrokerSession,
  type Login,
  type Packet,
  type Way,
  wayOf,
} from '#adapters/broker';
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

  way({ clientId }: BrokerSession): Way {
    return wayOf((packet, changes) => this.line.join(clientId, packet, changes).then(() => 'stored'));
  }

  maySubscribe(): boolean {
    return true;
  }

  subscribed(): void {}

  gone(_session: BrokerSession, will: Packet | null): Packet | null {
    return will;
  }
}
