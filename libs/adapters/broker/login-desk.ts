// From a CONNECT to a session, or to a refusal that tells a stranger nothing.
import type { AedesOptions, AuthenticateError, Client, ConnectPacket } from 'aedes';
import type { AddressBook } from './address-book.js';
import type { BrokerCounters, RefusalReason } from './broker-counters.js';
import type { Admission, BrokerPolicy, Identity, Login, Packet } from './broker-policy.js';
import type { Connection } from './connection.js';
import type { Connections } from './connections.js';
import { silenceAfter } from './keep-alive.js';
import type { Mailboxes } from './mailboxes.js';
import { Session } from './session.js';
import type { Sessions } from './sessions.js';
import type { TakeOvers } from './take-overs.js';

/** MQTT 3.1.1 table 3.1. A wrong name and a wrong secret answer alike. */
const returnCode = { unavailable: 3, notAuthorized: 5 } as const;

/** How often a login begins anew because somebody was cut off meanwhile. */
const mostRounds = 5;

/** `gone`: there is nobody left to be answered. */
type Outcome = 'seated' | 'gone' | 'credentials' | 'unavailable';

export class LoginDesk {
  constructor(
    private readonly policy: BrokerPolicy,
    private readonly connections: Connections,
    private readonly sessions: Sessions,
    private readonly mailboxes: Mailboxes,
    private readonly addresses: AddressBook,
    private readonly takeOvers: TakeOvers,
    private readonly counters: BrokerCounters,
  ) {}

  /**
   * Takes the will out of the CONNECT: Aedes would publish it, at a clean stop too (docs/adr/0002). And the keep-alive,
   * for Aedes would have a timer for each client, and does not see all that is heard of one.
   */
  readonly preConnect: NonNullable<AedesOptions['preConnect']> = (client, packet: ConnectPacket, done) => {
    const connection = this.connections.of(client);
    if (connection) {
      connection.will = packet.will ? willOf(packet.will) : null;
      connection.silenceMs = silenceAfter(packet.keepalive ?? 0);
    }
    packet.will = undefined;
    packet.keepalive = 0;
    done(null, true);
  };

  readonly authenticate: NonNullable<AedesOptions['authenticate']> = (client, username, password, done) => {
    const connection = this.connections.of(client);
    if (!connection) return;
    const { address, certificate } = connection;
    const login: Login = { clientId: client.id, username, password, certificate, address };
    void this.admit(connection, client, login).then(outcome => {
      if (outcome === 'seated') done(null, true);
      else if (outcome !== 'gone') done(refusalError(outcome), false);
    });
  };

  private async admit(connection: Connection, client: Client, login: Login): Promise<Outcome> {
    const { address, clientId } = login;
    if (!this.addresses.mayLogIn(address, clientId)) {
      this.counters.refuse('login-rate', address);
      return 'unavailable';
    }
    for (let round = 0; round < mostRounds; round += 1) {
      const { cuts } = this.sessions;
      const admission = await this.check(login);
      // Aedes asks no further once the socket is gone.
      if (!connection.isOpen) return 'gone';
      if (!admission.admitted) return admission.reason;
      // Was somebody cut off meanwhile, it may have been this one, before there was anything to cut.
      if (cuts === this.sessions.cuts) return this.seat(connection, client, admission.identity);
    }
    return 'unavailable';
  }

  private async check(login: Login): Promise<Admission> {
    try {
      const admission = await this.policy.authenticate(login);
      this.note(admission, login.clientId, login.address);
      return admission;
    } catch (fault) {
      this.counters.refuse('store-unavailable', 'login', { fault: String(fault) });
      return { admitted: false, reason: 'unavailable' };
    }
  }

  private note(admission: Admission, clientId: string, address: string): void {
    if (admission.admitted) {
      this.counters.add('logins');
      this.addresses.loggedIn(address, clientId);
    } else if (admission.reason === 'credentials') {
      this.addresses.loginFailed(address);
      this.counters.refuse('credentials', address, { clientId });
    } else {
      this.counters.refuse('store-unavailable', 'login');
    }
  }

  private seat(connection: Connection, client: Client, identity: Identity): Outcome {
    const { address, will } = connection;
    if (!this.mayTakeOver(client.id, identity, address)) return 'unavailable';
    const mailbox = this.mailboxes.seat(client.id, !client.clean);
    if (!mailbox) return 'unavailable';
    const session = new Session(client.id, identity, address, will, client, mailbox, connection);
    if (will && this.policy.way(session, will.topic) === null) {
      this.counters.refuse('will-forbidden', client.id, { topic: will.topic });
      return 'credentials';
    }
    this.sessions.ofClient(client.id)?.end('taken-over');
    connection.session = session;
    this.sessions.add(session);
    this.counters.add('sessions.open');
    return 'seated';
  }

  private mayTakeOver(clientId: string, identity: Identity, laterAddress: string): boolean {
    const earlier = this.sessions.ofClient(clientId);
    if (!earlier) return true;
    const heardAtMs = this.connections.of(earlier.client)?.gate.heardAtMs ?? 0;
    const isVital = identity.kind === 'device' && identity.isVital;
    const rivals = { clientId, isVital, heardAtMs, address: earlier.address, laterAddress };
    const { mayEnter, isNews } = this.takeOvers.judge(rivals);
    if (isNews) this.policy.contested(identity);
    return mayEnter;
  }
}

function willOf({ topic, payload, qos, retain }: NonNullable<ConnectPacket['will']>): Packet {
  return { topic, payload: Buffer.from(payload), qos: qos ?? 0, retain: retain ?? false };
}

function refusalError(reason: Extract<RefusalReason, 'credentials'> | 'unavailable'): AuthenticateError {
  const code = reason === 'credentials' ? returnCode.notAuthorized : returnCode.unavailable;
  return Object.assign(new Error(reason), { returnCode: code });
}
