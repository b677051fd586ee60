// One socket from its opening to its end: its gate, what is known of the client behind it, and how it ended.
import type { Duplex } from 'node:stream';
import type { Backlog } from './backlog.js';
import type { BrokerCounters, RefusalReason } from './broker-counters.js';
import type { Packet, PresentedCertificate } from './broker-policy.js';
import type { BrokerLimits } from './broker-settings.js';
import { clauses, returnCodes } from './clauses.js';
import { Gate } from './gate.js';
import type { Objection } from './objection.js';
import type { Outlet } from './outlet.js';
import type { Session } from './session.js';

const flushMs = 500;
const connack = 0x20;

export class Connection {
  readonly gate: Gate;
  session: Session | null = null;
  will: Packet | null = null;
  /** From the CONNACK on. */
  outlet: Outlet | null = null;
  /** The login is through and Aedes deals with the client's packets. */
  ready = false;
  /** Messages that were received and neither acknowledged nor refused yet. */
  unanswered = 0;

  /** Its CONNECT was whole and sound; what the login makes of it is another matter. */
  isIntroduced = false;

  private cut = false;
  private patience: NodeJS.Timeout;

  constructor(
    readonly stream: Duplex,
    readonly address: string,
    readonly certificate: PresentedCertificate | null,
    limits: BrokerLimits,
    private readonly counters: BrokerCounters,
    backlog: Backlog,
  ) {
    this.patience = setTimeout(() => this.end('connect-too-late'), limits.connectMs);
    this.gate = new Gate(stream, limits, {
      refused: objection => this.turnAway(objection),
      slowed: () => this.counters.refuse('rate', this.culprit),
      introduced: () => this.introduce(),
      awaits: packetId => this.session?.mailbox.awaits(packetId) ?? null,
      received: packetId => void this.session?.mailbox.noteReceived(packetId),
      mostAtOnce: () => backlog.mostAtOnce,
      mustRest: wake => backlog.mustRest(wake),
    });
    stream.once('close', () => {
      clearTimeout(this.patience);
      this.gate.shut();
      backlog.forget(this.gate.wake);
    });
  }

  get isOpen(): boolean {
    return !this.stream.destroyed;
  }

  /** Whether the other side ended it without a word, and nothing of it was left waiting here. */
  get hasVanished(): boolean {
    return !this.cut && !this.gate.saidGoodbye && this.unanswered === 0;
  }

  get culprit(): string {
    return this.session?.clientId ?? this.address;
  }

  /** Counts the reason and closes the socket at once; whatever is unanswered stays so. */
  end(reason: RefusalReason, facts: Readonly<Record<string, string | number>> = {}): void {
    if (this.cut) return;
    this.noteCut(reason, facts);
    this.stream.destroy();
  }

  private introduce(): void {
    this.isIntroduced = true;
    clearTimeout(this.patience);
  }

  /** Counts what the gate objects to, says it where MQTT has words for it, and closes. */
  private turnAway({ reason, clause }: Objection): void {
    if (clause === null) this.end(reason);
    else {
      this.counters.add(`clause.${clause}`);
      this.noteCut(reason, { clause, fault: clauses[clause] });
      this.takeLeave(returnCodes[clause]);
    }
  }

  /** A socket that is closed over unread bytes loses its last answer, so the other side has a moment to take it. */
  private takeLeave(returnCode: number | undefined): void {
    if (returnCode === undefined) this.stream.destroy();
    else {
      this.gate.ignore();
      this.stream.end(Buffer.of(connack, 2, 0, returnCode));
      clearTimeout(this.patience);
      this.patience = setTimeout(() => this.stream.destroy(), flushMs);
    }
  }

  /** Aedes is closing the socket itself. */
  noteCut(reason: RefusalReason, facts: Readonly<Record<string, string | number>> = {}): void {
    if (this.cut) return;
    this.cut = true;
    this.gate.shut();
    this.counters.refuse(reason, this.culprit, facts);
  }

  /** Closes in order, after what has been written; who does not read is not waited for. */
  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.cut = true;
    this.gate.shut();
    await new Promise<void>(resolve => {
      const patience = setTimeout(resolve, flushMs);
      this.stream.end(() => {
        clearTimeout(patience);
        resolve();
      });
    });
    this.stream.destroy();
  }
}
