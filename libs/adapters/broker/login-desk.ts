// From a CONNECT to a session, or to a refusal that tells a stranger nothing.
import type { AedesOptions, AuthenticateError, Client, ConnectPacket } from 'aedes';
import type { AddressBook } from './address-book.js';
import type { BrokerCounters, RefusalReason } from './broker-counters.js';
import type { Admission, BrokerPolicy, Identity, Packet } from './broker-policy.js';
import type { Connection } from './connection.js';
import type { Connections } from './connections.js';
import type { Mailboxes } from './mailboxes.js';
import { Session } from './session.js';
import type { Sessions } from './sessions.js';
import { monotonicMs } from './token-bucket.js';

/** MQTT 3.1.1 table 3.1. A wrong name and a wrong secret answer alike. */
const returnCode = { unavailable: 3, notAuthorized: 5 } as const;

/** A first connection that was silent for longer is an old one that nobody closed: bad Wi-Fi is no attack. */
const stillSpeakingMs = 5_000;

export class LoginDesk {
  constructor(
    private readonly policy: BrokerPolicy,
    private readonly connections: Connections,
    private readonly sessions: Sessions,
    private readonly mailboxes: Mailboxes,
    private readonly addresses: AddressBook,
    private readonly counters: BrokerCounters,
  ) {}

  /** Takes the will out of the CONNECT: Aedes would publish it, at a clean stop too (docs/adr/0002). */
  readonly preConnect: NonNullable<AedesOptions['preConnect']> = (client, packet: ConnectPacket, done) => {
    const connection = this.connections.of(client);
    if (connection && packet.will) connection.will = willOf(packet.will);
    packet.will = undefined;
    done(null, true);
  };

  readonly authenticate: NonNullable<AedesOptions['authenticate']> = (client, username, password, done) => {
    const connection = this.connections.of(client);
    if (!connection) return;
    void this.check(connection, client.id, username, password).then(admission => {
      // Aedes asks no further once the socket is gone.
      if (!connection.isOpen) return;
      const refusal = admission.admitted
        ? this.seat(connection, client, admission.identity)
        : admission.reason;
      if (refusal === null) return done(null, true);
      done(refusalError(refusal), false);
    });
  };

  private async check(
    { address, certificate }: Connection,
    clientId: string,
    username: string | undefined,
    password: Uint8Array | undefined,
  ): Promise<Admission> {
    if (!this.addresses.mayLogIn(address, clientId)) {
      this.counters.refuse('login-rate', address);
      return { admitted: false, reason: 'unavailable' };
    }
    try {
      const admission = await this.policy.authenticate({
        clientId,
        username,
        password,
        certificate,
        address,
      });
      this.note(admission, clientId, address);
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

  private seat(
    connection: Connection,
    client: Client,
    identity: Identity,
  ): 'credentials' | 'unavailable' | null {
    const { address, will } = connection;
    const mailbox = this.mailboxes.seat(client.id, !client.clean);
    if (!mailbox) {
      this.counters.refuse('sessions-full', client.id);
      return 'unavailable';
    }
    const session = new Session(client.id, identity, address, will, client, mailbox, reason =>
      connection.end(reason),
    );
    if (will && !this.policy.mayPublish(session, will.topic)) {
      this.counters.refuse('will-forbidden', client.id, { topic: will.topic });
      return 'credentials';
    }
    this.takeOver(client.id);
    connection.session = session;
    this.sessions.add(session);
    this.counters.add('sessions.open');
    return null;
  }

  /** MQTT-3.1.4-2: a second connection of one identity ends the first. */
  private takeOver(clientId: string): void {
    const earlier = this.sessions.ofClient(clientId);
    if (!earlier) return;
    const heardAtMs = this.connections.of(earlier.client)?.gate.heardAtMs ?? 0;
    if (monotonicMs() - heardAtMs < stillSpeakingMs) this.counters.add('takeovers');
    earlier.end('taken-over');
  }
}

function willOf({ topic, payload, qos, retain }: NonNullable<ConnectPacket['will']>): Packet {
  return { topic, payload: Buffer.from(payload), qos: qos ?? 0, retain: retain ?? false };
}

function refusalError(reason: Extract<RefusalReason, 'credentials'> | 'unavailable'): AuthenticateError {
  const code = reason === 'credentials' ? returnCode.notAuthorized : returnCode.unavailable;
  return Object.assign(new Error(reason), { returnCode: code });
}
