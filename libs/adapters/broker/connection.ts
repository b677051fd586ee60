// One socket from its opening to its end: its gate, what is known of the client behind it, and how it ended.
import type { Duplex } from 'node:stream';
import type { AnswerRound } from './answer-round.js';
import type { Awaited } from './answers.js';
import type { Backlog } from './backlog.js';
import type { BrokerCounters, RefusalReason } from './broker-counters.js';
import type { Packet, PresentedCertificate } from './broker-policy.js';
import type { BrokerLimits } from './broker-settings.js';
import { clauses, returnCodes } from './clauses.js';
import { connackFrame, pubackFrames } from './frames.js';
import { Gate } from './gate.js';
import type { GateKeeper } from './gate-keeper.js';
import type { Objection } from './objection.js';
import { Outlet, type OutletKeeper } from './outlet.js';
import type { Session } from './session.js';

const flushMs = 500;
const letIn = 0;
/** A picture is answered before its client is read on: who listens to it reads one at a time, and not a burst of them. */
const mostBytesAtOnce = 64 * 1024;

/** What all connections of a broker stand on. */
export interface House {
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly backlog: Backlog;
  readonly answers: AnswerRound;
  /** Takes a message in, to be answered by `answer` of its connection. */
  hear(connection: Connection, session: Session, packet: Packet, packetId: number): void;
}

export class Connection implements GateKeeper, OutletKeeper {
  readonly gate: Gate;
  session: Session | null = null;
  will: Packet | null = null;
  /** From the CONNACK on. */
  outlet: Outlet | null = null;
  /** The login is through, and packets are dealt with. */
  ready = false;
  /** After so long without a byte of it its client is gone; null when it promised no sign of life. */
  silenceMs: number | null = null;
  /** Messages that were received and neither acknowledged nor refused yet, and their bytes. */
  private unanswered = 0;
  private unansweredBytes = 0;

  /** Its CONNECT was whole and sound; what the login makes of it is another matter. */
  isIntroduced = false;

  private cut = false;
  private patience: NodeJS.Timeout | null;
  /** Packet identifiers of messages that are stored and not acknowledged yet. */
  private answers: number[] = [];
  private isDue = false;

  constructor(
    readonly stream: Duplex,
    readonly address: string,
    readonly certificate: PresentedCertificate | null,
    private readonly house: House,
  ) {
    const { limits } = house;
    this.patience = setTimeout(() => this.end('connect-too-late'), limits.connectMs);
    this.gate = new Gate(stream, limits, this);
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

  /** The login is through: packets may come, and go out. */
  begin(isSessionPresent: boolean): Outlet {
    this.ready = true;
    this.outlet = new Outlet(this.stream, this.house.limits, this);
    this.outlet.answer(connackFrame(letIn, isSessionPresent));
    return this.outlet;
  }

  /** The login is refused, which was counted: the client hears so, and nothing else (MQTT-3.2.2-5). */
  turnAway(returnCode: number): void {
    this.cut = true;
    this.gate.shut();
    this.stream.write(connackFrame(returnCode), () => this.stream.destroy());
  }

  /** The socket is closed. */
  over(): void {
    this.calm();
    this.gate.shut();
    this.house.backlog.forget(this.gate);
  }

  /** Counts the reason and closes the socket at once; whatever is unanswered stays so. */
  end(reason: RefusalReason, facts: Readonly<Record<string, string | number>> = {}): void {
    if (this.cut) return;
    this.noteCut(reason, facts);
    this.stream.destroy();
  }

  // ── what the gate asks and tells ──

  introduced(): void {
    this.isIntroduced = true;
    this.calm();
  }

  slowed(): void {
    this.house.counters.refuse('rate', this.culprit);
  }

  awaits(packetId: number): Awaited {
    return this.session?.mailbox.awaits(packetId) ?? null;
  }

  received(packetId: number): void {
    this.session?.mailbox.noteReceived(packetId);
  }

  hear(packet: Packet, packetId: number): boolean {
    const { session } = this;
    if (!session || !this.outlet) return false;
    this.house.hear(this, session, packet, packetId);
    return true;
  }

  mostAtOnce(): number {
    return this.house.backlog.mostAtOnce;
  }

  isBehind(): boolean {
    return this.unanswered >= this.house.backlog.mostAtOnce || this.unansweredBytes >= mostBytesAtOnce;
  }

  mustRest(): boolean {
    return this.house.backlog.mustRest(this.gate);
  }

  /** Counts what the gate objects to, says it where MQTT has words for it, and closes. */
  refused({ reason, clause }: Objection): void {
    if (clause === null) this.end(reason);
    else {
      this.house.counters.add(`clause.${clause}`);
      this.noteCut(reason, { clause, fault: clauses[clause] });
      this.takeLeave(returnCodes[clause]);
    }
  }

  // ── what the outlet tells ──

  flows(): void {
    this.session?.mailbox.flow();
  }

  frozen(): void {
    this.end('reader-frozen');
  }

  // ── what is answered ──

  /** A message of so many bytes was received. */
  owe(bytes: number): void {
    this.unanswered += 1;
    this.unansweredBytes += bytes;
    this.house.backlog.add(bytes);
  }

  /** It is answered, or need not be waited for. */
  settle(bytes: number): void {
    this.unanswered -= 1;
    this.unansweredBytes -= bytes;
    this.house.backlog.remove(bytes);
  }

  /** @param packetId 0 for QoS 0 */
  answer(packetId: number): void {
    if (packetId > 0) this.answers.push(packetId);
    if (this.isDue) return;
    this.isDue = true;
    this.house.answers.add(this);
  }

  writeAnswers(): void {
    this.isDue = false;
    if (this.answers.length === 0) return;
    this.outlet?.answer(pubackFrames(this.answers));
    this.answers = [];
  }

  /** A socket that is closed over unread bytes loses its last answer, so the other side has a moment to take it. */
  private takeLeave(returnCode: number | undefined): void {
    if (returnCode === undefined) this.stream.destroy();
    else {
      this.gate.ignore();
      this.stream.end(connackFrame(returnCode));
      this.calm();
      this.patience = setTimeout(() => this.stream.destroy(), flushMs);
    }
  }

  private calm(): void {
    if (this.patience) clearTimeout(this.patience);
    this.patience = null;
  }

  /** Aedes is closing the socket itself. */
  noteCut(reason: RefusalReason, facts: Readonly<Record<string, string | number>> = {}): void {
    if (this.cut) return;
    this.cut = true;
    this.gate.shut();
    this.house.counters.refuse(reason, this.culprit, facts);
  }

  /** Closes in order, after what has been written; who does not read is not waited for. */
  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.cut = true;
    this.gate.shut();
    this.writeAnswers();
    this.outlet?.flush();
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
