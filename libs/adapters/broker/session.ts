// A login that was granted: the connection behind it and the mailbox that it has.
import type { RefusalReason } from './broker-counters.js';
import type { BrokerSession, Identity, Packet, Way } from './broker-policy.js';
import type { Mailbox } from './mailbox.js';

interface SessionConnection {
  readonly gate: { readonly heardAtMs: number };
  end(reason: RefusalReason): void;
}

let sessionsSoFar = 0;

export class Session implements BrokerSession {
  readonly number: number;
  /** The topic that its client said last, and where it goes: nearly always the next one is the same. */
  lastSaid: { readonly topic: string; readonly way: Way } | null = null;

  constructor(
    readonly clientId: string,
    readonly identity: Identity,
    readonly address: string,
    /** Null when the client left none. */
    readonly will: Packet | null,
    /** A kept one was there before and stays when this session is over. */
    readonly mailbox: Mailbox,
    private readonly connection: SessionConnection,
  ) {
    sessionsSoFar += 1;
    this.number = sessionsSoFar;
  }

  /** When its client was heard last, by a clock that nobody can set. */
  get heardAtMs(): number {
    return this.connection.gate.heardAtMs;
  }

  /** Ends the connection for a reason that is counted. */
  end(reason: Extract<RefusalReason, 'taken-over' | 'revoked'>): void {
    this.connection.end(reason);
  }
}
