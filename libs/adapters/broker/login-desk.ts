// From a CONNECT to a session, or to a refusal that tells a stranger nothing.
import { randomUUID } from 'node:crypto';
import type { Clock } from '#domain/clock';
import type { AddressBook } from './address-book.js';
import type { BrokerCounters } from './broker-counters.js';
import type { Admission, BrokerPolicy, Identity, Login } from './broker-policy.js';
import type { Connect } from './connect-packet.js';
import type { Connection } from './connection.js';
import { silenceAfter } from './keep-alive.js';
import type { Mailboxes } from './mailboxes.js';
import { Session } from './session.js';
import type { Sessions } from './sessions.js';
import type { TakeOvers } from './take-overs.js';

/** MQTT 3.1.1 table 3.1. A wrong name and a wrong secret answer alike. */
const returnCodes = { identifier: 2, unavailable: 3, credentials: 5 } as const;

/** How often a login begins anew because somebody was cut off meanwhile. */
const mostRounds = 5;

/** MQTT 3.1 §3.1: longer than that no client identifier of its clients is. */
const mqtt31 = { level: 3, longestIdentifier: 23 } as const;

/** `gone`: there is nobody left to be answered. */
type Outcome = Session | 'gone' | keyof typeof returnCodes;

/** A login that was granted, and whether its client had a session that goes on (MQTT-3.2.2-2). */
export interface Seat {
  readonly session: Session;
  readonly isPresent: boolean;
}

export class LoginDesk {
  constructor(
    private readonly policy: BrokerPolicy,
    private readonly sessions: Sessions,
    private readonly mailboxes: Mailboxes,
    private readonly addresses: AddressBook,
    private readonly takeOvers: TakeOvers,
    private readonly counters: BrokerCounters,
    private readonly clock: Clock,
  ) {}

  /** Null when it was refused, which the client was told. @throws what the store says. */
  async receive(connection: Connection, connect: Connect): Promise<Seat | null> {
    connection.will = connect.will;
    connection.silenceMs = silenceAfter(connect.keepAliveS);
    const outcome = await this.admit(connection, connect);
    if (typeof outcome !== 'string') return { session: outcome, isPresent: await this.resume(outcome) };
    if (outcome !== 'gone') connection.turnAway(returnCodes[outcome]);
    return null;
  }

  private async admit(connection: Connection, connect: Connect): Promise<Outcome> {
    const { level, username, password } = connect;
    const { address, certificate } = connection;
    const clientId = connect.clientId || `nameless-${randomUUID()}`;
    if (level === mqtt31.level && clientId.length > mqtt31.longestIdentifier) return 'identifier';
    if (!this.addresses.mayLogIn(address, clientId)) {
      this.counters.refuse('login-rate', address);
      return 'unavailable';
    }
    const login: Login = { clientId, username, password, certificate, address };
    for (let round = 0; round < mostRounds; round += 1) {
      const { cuts } = this.sessions;
      const admission = await this.check(login);
      if (!connection.isOpen) return 'gone';
      if (!admission.admitted) return admission.reason;
      // Was somebody cut off meanwhile, it may have been this one, before there was anything to cut.
      if (cuts === this.sessions.cuts)
        return this.seat(connection, clientId, connect.isClean, admission.identity);
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

  private seat(connection: Connection, clientId: string, isClean: boolean, identity: Identity): Outcome {
    const { address, will } = connection;
    if (!this.mayTakeOver(clientId, identity, address)) return 'unavailable';
    const mailbox = this.mailboxes.seat(clientId, !isClean);
    if (!mailbox) return 'unavailable';
    const session = new Session(clientId, identity, address, will, mailbox, connection);
    if (will && this.policy.way(session, will.topic) === null) {
      this.counters.refuse('will-forbidden', clientId, { topic: will.topic });
      return 'credentials';
    }
    this.sessions.ofClient(clientId)?.end('taken-over');
    connection.session = session;
    this.sessions.add(session);
    this.counters.add('sessions.open');
    return session;
  }

  /** Once it is stored: that a session was kept for the client, or that it wants to know of none (MQTT-3.1.2-6). */
  private async resume({ mailbox, clientId }: Session): Promise<boolean> {
    if (mailbox.isKept) return this.mailboxes.resume(mailbox, this.clock.now());
    await this.mailboxes.end(clientId);
    return false;
  }

  private mayTakeOver(clientId: string, identity: Identity, laterAddress: string): boolean {
    const earlier = this.sessions.ofClient(clientId);
    if (!earlier) return true;
    const { heardAtMs } = earlier;
    const isVital = identity.kind === 'device' && identity.isVital;
    const rivals = { clientId, isVital, heardAtMs, address: earlier.address, laterAddress };
    const { mayEnter, isNews } = this.takeOvers.judge(rivals);
    if (isNews) this.policy.contested(identity);
    return mayEnter;
  }
}
