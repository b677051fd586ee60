// The gate in front of Aedes: it stands where Aedes takes bytes from a socket, and looks at them first.
import type { Duplex } from 'node:stream';
import { objectionToAnswer } from './answers.js';
import { BodyCheck } from './body-check.js';
import type { BrokerLimits } from './broker-settings.js';
import type { GateKeeper } from './gate-keeper.js';
import { breach, excess, type Objection } from './objection.js';
import { Pace } from './pace.js';
import { PacketScanner } from './packet-scanner.js';
import { brokenByFlags, formOf, isAcknowledgement, packetType } from './packet-types.js';
import { isSoundAtSight, messageAtSight, packetIdAtSight } from './sound-at-sight.js';
import { monotonicMs } from './token-bucket.js';

/**
 * Replaces the stream's `read`, the one place where Aedes takes bytes: nothing is copied, and a client that must wait
 * is simply not read, so that its own socket fills up. Five things happen here and nowhere else:
 * - a packet is refused by its declared length, before mqtt-packet would collect up to 256 MB of it;
 * - a packet that breaks a clause of MQTT 3.1.1 is refused at the byte that breaks it, however the bytes are cut;
 * - what follows a CONNECT waits until the login is through. Aedes keeps only so many packets of that time, and gives
 *   them out after packets that came later;
 * - what is beyond the rate waits;
 * - a message of the usual form, which nearly all is that ever comes, is taken in at once. Aedes does not see it.
 */
export class Gate {
  /** When bytes last came. */
  heardAtMs = monotonicMs();
  /** The client has said goodbye (MQTT-3.14.4-3): its will is void. */
  saidGoodbye = false;

  private state: 'first-packet' | 'login' | 'open' | 'shut' | 'deaf' = 'first-packet';
  private readonly scanner = new PacketScanner();
  /** Of the packet under way; null when it needs none. */
  private check: BodyCheck | null = null;
  private readonly pace: Pace;
  private pause: NodeJS.Timeout | null = null;
  private unfinished: NodeJS.Timeout | null = null;
  private isHeld = false;
  /** The packet whose body begins is whole, and there is nothing to be said against it. */
  private isSound = false;
  /** Messages among what was read last. */
  private inChunk = 0;
  /** Of the message that was heard last. */
  private topic = '';
  /** Bytes that were put back, and stand first: read alone they are not copied, as a stream does that joins pieces. */
  private putBack = 0;
  private isPassing = false;

  constructor(
    private readonly stream: Duplex,
    private readonly limits: BrokerLimits,
    private readonly keeper: GateKeeper,
  ) {
    this.pace = new Pace(limits);
    const { read } = stream;
    stream.read = (size?: number) => {
      // Node itself asks for 0 bytes to keep the stream going.
      if (size === 0) return read.call(stream, 0);
      if (this.state === 'deaf') return read.call(stream) && null;
      while (!this.mustWait()) {
        const { putBack } = this;
        this.putBack = 0;
        const passed = this.inspect(read.call(stream, putBack || size));
        if (passed) this.pass();
        if (passed || stream.readableLength === 0) return passed;
      }
      return null;
    };
  }

  /** The login is through: the client's further packets may come. */
  open(): void {
    if (this.state !== 'login') return;
    this.state = 'open';
    setImmediate(() => this.readOn());
  }

  /** Nothing is read any more; what was read can still be answered. */
  shut(): void {
    this.state = 'shut';
    if (this.pause) clearTimeout(this.pause);
    if (this.unfinished) clearTimeout(this.unfinished);
    this.pause = null;
    this.unfinished = null;
  }

  /** What comes is thrown away. A socket that is closed over unread bytes loses its last answer. */
  ignore(): void {
    this.shut();
    this.state = 'deaf';
    this.stream.emit('readable');
  }

  /** Something of what was taken in is answered. */
  answered(): void {
    if (!this.isHeld || this.keeper.isBehind()) return;
    this.isHeld = false;
    this.readOn();
  }

  /** Whoever rested is read again. */
  wake(): void {
    this.readOn();
  }

  /**
   * Aedes asks for more as soon as one packet is done, in the midst of what it was given: what is taken in here would
   * overtake the rest of that. So nothing is read until it is through.
   */
  private pass(): void {
    this.isPassing = true;
    process.nextTick(() => {
      this.isPassing = false;
      // What came after what was put back has not been read with it.
      if (this.stream.readableLength > 0) this.readOn();
    });
  }

  private mustWait(): boolean {
    if (this.state === 'login' || this.state === 'shut' || this.isPassing || this.pause) return true;
    if (this.state === 'open' && this.mustHold()) return true;
    const debtMs = this.pace.debtMs();
    if (debtMs === 0) return false;
    this.pause = setTimeout(() => this.readOn(), debtMs);
    this.keeper.slowed();
    return true;
  }

  private mustHold(): boolean {
    this.isHeld = this.keeper.isBehind();
    return this.isHeld || this.keeper.mustRest();
  }

  private readOn(): void {
    this.pause = null;
    if (this.state !== 'shut') this.stream.emit('readable');
  }

  private inspect(chunk: Uint8Array | null): Uint8Array | null {
    if (!chunk) return null;
    this.heardAtMs = monotonicMs();
    this.inChunk = 0;
    const { scanner } = this;
    // What was heard here, from the beginning of the chunk on, and where the packet under way begins.
    let heard = 0;
    let begin = scanner.atBoundary ? 0 : -1;
    for (let at = 0; at < chunk.length; ) {
      const from = at;
      at = scanner.step(chunk, from);
      const objection = at < 0 ? this.judgeEndless() : this.look(chunk, from, at);
      if (objection) return this.refuse(objection);
      // After something that is for Aedes all is, so that nothing overtakes it.
      if (scanner.atBody && begin === heard && this.hear(chunk, at)) {
        at = scanner.step(chunk, at);
        heard = at;
        if (this.state !== 'open') return null;
      }
      if (!scanner.atBoundary) continue;
      begin = at;
      if (this.mustCutHere()) return this.cut(chunk, heard, at);
    }
    // A first byte may come alone, and is judged before Aedes gets to see it.
    const objection = scanner.inHeader ? this.judgeType() : null;
    if (objection) return this.refuse(objection);
    this.awaitTheRest();
    return part(chunk, heard, chunk.length);
  }

  private hear(chunk: Uint8Array, at: number): boolean {
    if (!this.isSound || this.state !== 'open') return false;
    const { flags, length } = this.scanner;
    if ((flags & 0b0100) !== 0) return false;
    const { packet, packetId } = messageAtSight(flags, length, chunk, at, this.topic);
    this.topic = packet.topic;
    return this.keeper.hear(packet, packetId);
  }

  private look(chunk: Uint8Array, from: number, to: number): Objection | null {
    if (!this.scanner.atBody) return this.check?.take(chunk, from, to) ?? null;
    return this.judgeType() ?? this.judgeLength() ?? this.begin(chunk, to);
  }

  /** After the CONNECT, after the packet that was one too many, and after as many as a client may have unanswered. */
  private mustCutHere(): boolean {
    if (this.state === 'first-packet') {
      this.state = 'login';
      this.keeper.introduced();
      return true;
    }
    return this.pace.wasOverdrawn() || this.inChunk >= this.keeper.mostAtOnce();
  }

  /** The rest goes back to where it came from, and waits there. */
  private cut(chunk: Uint8Array, heard: number, end: number): Uint8Array | null {
    this.awaitTheRest();
    if (end < chunk.length) {
      this.putBack = chunk.length - end;
      this.stream.unshift(chunk.subarray(end));
    }
    return part(chunk, heard, end);
  }

  /** What the first byte says against a packet. */
  private judgeType(): Objection | null {
    const { type, flags } = this.scanner;
    const isFirst = this.state === 'first-packet';
    if (isFirst !== (type === packetType.connect)) return breach(isFirst ? 'MQTT-3.1.0-1' : 'MQTT-3.1.0-2');
    const clause = brokenByFlags(type, flags);
    return clause && breach(clause);
  }

  private judgeEndless(): Objection {
    return this.judgeType() ?? breach('MQTT-2.2.3');
  }

  /** What the length says against it; past this it is a packet that counts. */
  private judgeLength(): Objection | null {
    const { type, length } = this.scanner;
    const { connectBytes, packetBytes } = this.limits;
    if (length > (type === packetType.connect ? connectBytes : packetBytes)) return excess('packet-too-long');
    if (type === packetType.disconnect) this.saidGoodbye = true;
    if (type === packetType.publish) {
      this.inChunk += 1;
      this.pace.spend('messages', this.heardAtMs);
    } else if (!isAcknowledgement(type)) this.pace.spend('packets', this.heardAtMs);
    return null;
  }

  private begin(chunk: Uint8Array, at: number): Objection | null {
    const { scanner, limits } = this;
    this.check = null;
    this.isSound = isSoundAtSight(scanner, chunk, at, limits);
    if (this.isSound) return null;
    const packetId = packetIdAtSight(scanner, chunk, at);
    if (packetId > 0) return this.objectionTo(packetId);
    this.check = new BodyCheck(formOf(scanner.type), scanner.flags, scanner.length, limits, this.objectionTo);
    return this.check.take(chunk, at, at);
  }

  /** An answer that is waited for is free: it comes as often as messages are sent. */
  private readonly objectionTo = (packetId: number): Objection | null => {
    const { type } = this.scanner;
    const awaited = type === packetType.pubrel ? null : this.keeper.awaits(packetId);
    if (awaited === null) this.pace.spend('packets', this.heardAtMs);
    const objection = objectionToAnswer(type, awaited);
    if (!objection && awaited === 'pubrec') this.keeper.received(packetId);
    return objection;
  };

  /** A packet that was begun has its time. The CONNECT, which has another, is waited for from the socket's opening. */
  private awaitTheRest(): void {
    if (this.scanner.atBoundary || this.state === 'first-packet') {
      if (this.unfinished) clearTimeout(this.unfinished);
      this.unfinished = null;
    } else this.unfinished ??= setTimeout(() => this.giveUp(), this.limits.packetMs);
  }

  private giveUp(): void {
    this.unfinished = null;
    // What has come and was not read is not the client's fault.
    if (this.stream.readableLength > 0) this.awaitTheRest();
    else this.refuse(excess('packet-too-late'));
  }

  private refuse(objection: Objection): null {
    this.shut();
    this.keeper.refused(objection);
    return null;
  }
}

function part(chunk: Uint8Array, from: number, to: number): Uint8Array | null {
  if (from === to) return null;
  return to - from === chunk.length ? chunk : chunk.subarray(from, to);
}
