// The gate in front of Aedes: it stands where Aedes takes bytes from a socket, and looks at them first.
import type { Duplex } from 'node:stream';
import type { RefusalReason } from './broker-counters.js';
import type { BrokerLimits } from './broker-settings.js';
import { PacketScanner, packetType } from './packet-scanner.js';
import { monotonicMs, TokenBucket } from './token-bucket.js';

export interface GateKeeper {
  /** Something that ends the connection; the gate gives nothing more of it. */
  refused(reason: RefusalReason): void;
  /** The client says more than it may; it is read more slowly from here on. */
  slowed(): void;
  /** The CONNECT is whole and on its way to Aedes. */
  introduced(): void;
  /** Whether nobody's messages are taken at present; `wake` is called when they are again. */
  mustRest(wake: () => void): boolean;
}

/**
 * Replaces the stream's `read`, the one place where Aedes takes bytes: nothing is copied, and a client that must wait
 * is simply not read, so that its own socket fills up. Three things happen here and nowhere else:
 * - a packet is refused by its declared length, before mqtt-packet would collect up to 256 MB of it;
 * - what follows a CONNECT waits until the login is through. Aedes keeps only so many packets of that time, and gives
 *   them out after packets that came later;
 * - messages beyond the rate wait.
 */
export class Gate {
  /** When bytes last came. */
  heardAtMs = monotonicMs();
  /** The client has said goodbye (MQTT-3.14.4-3): its will is void. */
  saidGoodbye = false;

  private state: 'first-packet' | 'login' | 'open' | 'shut' = 'first-packet';
  private readonly scanner = new PacketScanner();
  private readonly bucket: TokenBucket;
  private pause: NodeJS.Timeout | null = null;
  private isOverdrawn = false;

  constructor(
    private readonly stream: Duplex,
    private readonly limits: BrokerLimits,
    private readonly keeper: GateKeeper,
  ) {
    this.bucket = new TokenBucket(limits.messagesPerS, limits.burst);
    const read = stream.read.bind(stream);
    stream.read = (size?: number) => {
      // Node itself asks for 0 bytes to keep the stream going.
      if (size === 0) return read(0);
      return this.mustWait() ? null : this.inspect(read(size));
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
    this.pause = null;
  }

  private mustWait(): boolean {
    if (this.state === 'login' || this.state === 'shut' || this.pause) return true;
    if (this.state === 'open' && this.keeper.mustRest(this.wake)) return true;
    const debtMs = this.bucket.debtMs();
    if (debtMs === 0) return false;
    this.pause = setTimeout(() => this.readOn(), debtMs);
    this.keeper.slowed();
    return true;
  }

  /** Whoever rested is read again. */
  readonly wake = (): void => this.readOn();

  private readOn(): void {
    this.pause = null;
    if (this.state !== 'shut') this.stream.emit('readable');
  }

  private inspect(chunk: Uint8Array | null): Uint8Array | null {
    if (!chunk) return null;
    this.heardAtMs = monotonicMs();
    for (let at = 0; at < chunk.length; ) {
      at = this.scanner.step(chunk, at);
      const reason = at < 0 ? 'remaining-length' : this.scanner.atBody ? this.judge() : null;
      if (reason) return this.refuse(reason);
      if (this.scanner.atBoundary && this.mustCutHere()) return this.cut(chunk, at);
    }
    return chunk;
  }

  /** After the CONNECT, and after the message that was one too many. */
  private mustCutHere(): boolean {
    if (this.state === 'first-packet') {
      this.state = 'login';
      this.keeper.introduced();
      return true;
    }
    const isOverdrawn = this.isOverdrawn;
    this.isOverdrawn = false;
    return isOverdrawn;
  }

  /** The rest goes back to where it came from, and waits there. */
  private cut(chunk: Uint8Array, end: number): Uint8Array {
    if (end === chunk.length) return chunk;
    this.stream.unshift(chunk.subarray(end));
    return chunk.subarray(0, end);
  }

  private judge(): RefusalReason | null {
    const { type, length } = this.scanner;
    if (this.state === 'first-packet') {
      if (type !== packetType.connect) return 'not-connect-first';
      return length > this.limits.connectBytes ? 'packet-too-long' : null;
    }
    if (length > this.limits.packetBytes) return 'packet-too-long';
    if (type === packetType.publish) this.isOverdrawn = !this.bucket.take();
    if (type === packetType.disconnect) this.saidGoodbye = true;
    return null;
  }

  private refuse(reason: RefusalReason): null {
    this.shut();
    this.keeper.refused(reason);
    return null;
  }
}
