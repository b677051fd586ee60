// The way out to one connection, bounded: who does not read fills his own outlet and nobody else's.
import type { Duplex } from 'node:stream';
import type { BrokerLimits } from './broker-settings.js';
import { joined } from './joined.js';

export interface OutletKeeper {
  /** All that was written has gone, and there is room for more. */
  flows(): void;
  /** Nothing of what was written has gone for `unreadMs`. */
  frozen(): void;
}

/** A reader that is behind, until the stream has drained. */
interface Jam {
  readonly drained: () => void;
  readonly patience: NodeJS.Timeout;
}

/**
 * The stream itself is given no more than it takes at once; what is beyond stands here, up to `unreadBytes`. So a
 * drain of the stream is a sign of life, and a slow reader is told apart from one that has stopped. What is written in
 * one turn of the event loop goes out in as few pieces as the stream takes.
 */
export class Outlet {
  /** What the stream has not been given, while there is something. */
  private frames: Uint8Array[] | null = null;
  private bytes = 0;
  private isDue = false;
  private jam: Jam | null = null;

  constructor(
    private readonly stream: Duplex,
    private readonly limits: Pick<BrokerLimits, 'unreadBytes' | 'unreadMs'>,
    private readonly keeper: OutletKeeper,
  ) {}

  /** Whether what is written now goes out at the end of this turn. */
  get isFlowing(): boolean {
    return this.jam === null && this.bytes < this.stream.writableHighWaterMark;
  }

  get isFull(): boolean {
    return this.bytes + this.stream.writableLength > this.limits.unreadBytes;
  }

  /** @returns whether it was taken: false once the reader is too far behind. */
  write(frame: Uint8Array): boolean {
    if (this.isFull) return false;
    this.put(frame);
    return true;
  }

  /** What the client waits for, however far behind it is: bounded by what it says. */
  answer(frames: Uint8Array): void {
    this.put(frames);
  }

  /** Gives the stream what it takes, now and not at the end of this turn. */
  flush(): void {
    while (this.frames !== null && this.jam === null && this.canWrite) {
      // False is also said of what was gone at once.
      if (!this.stream.write(joined(this.piece(this.frames))) && this.stream.writableLength > 0) this.wait();
    }
  }

  close(): void {
    this.clearJam();
    this.frames = null;
    this.bytes = 0;
  }

  private get canWrite(): boolean {
    return !this.stream.destroyed && !this.stream.writableEnded;
  }

  private put(frame: Uint8Array): void {
    this.frames ??= [];
    this.frames.push(frame);
    this.bytes += frame.length;
    if (this.isDue || this.jam) return;
    this.isDue = true;
    process.nextTick(() => this.endTurn());
  }

  private endTurn(): void {
    this.isDue = false;
    const wasFlowing = this.isFlowing;
    this.flush();
    if (!wasFlowing && this.isFlowing) this.keeper.flows();
  }

  /** Takes away as many frames as the stream takes at once, and one at least. */
  private piece(frames: Uint8Array[]): Uint8Array[] {
    let count = 0;
    for (let bytes = 0; count < frames.length && bytes < this.stream.writableHighWaterMark; count++)
      bytes += frames[count]?.length ?? 0;
    const piece = count === frames.length ? frames : frames.slice(0, count);
    this.frames = count === frames.length ? null : frames.slice(count);
    for (const { length } of piece) this.bytes -= length;
    return piece;
  }

  private wait(): void {
    const drained = () => this.readOn();
    const patience = setTimeout(() => this.keeper.frozen(), this.limits.unreadMs);
    this.jam = { drained, patience };
    this.stream.once('drain', drained);
  }

  private clearJam(): void {
    if (!this.jam) return;
    clearTimeout(this.jam.patience);
    this.stream.off('drain', this.jam.drained);
    this.jam = null;
  }

  private readOn(): void {
    this.clearJam();
    this.flush();
    if (this.isFlowing) this.keeper.flows();
  }
}
