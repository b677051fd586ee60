// The way out to one connection, bounded: who does not read fills his own outlet and nobody else's.
import type { Duplex } from 'node:stream';
import type { BrokerLimits } from './broker-settings.js';

export interface OutletKeeper {
  /** All that was written has gone, and there is room for more. */
  flows(): void;
  /** Nothing of what was written has gone for `unreadMs`. */
  frozen(): void;
}

/** A reader that is behind: what stands here until the stream has drained. */
interface Jam {
  readonly drained: () => void;
  readonly patience: NodeJS.Timeout;
  readonly frames: Uint8Array[];
  bytes: number;
}

/**
 * The stream itself is given no more than it takes at once; what is beyond stands here, up to `unreadBytes`. So a
 * drain of the stream is a sign of life, and a slow reader is told apart from one that has stopped.
 */
export class Outlet {
  private jam: Jam | null = null;
  private isCorked = false;

  constructor(
    private readonly stream: Duplex,
    private readonly limits: Pick<BrokerLimits, 'unreadBytes' | 'unreadMs'>,
    private readonly keeper: OutletKeeper,
  ) {}

  get isFlowing(): boolean {
    return this.jam === null;
  }

  get isFull(): boolean {
    return (this.jam?.bytes ?? 0) + this.stream.writableLength > this.limits.unreadBytes;
  }

  /** @returns whether it was taken: false once the reader is too far behind. */
  write(frame: Uint8Array): boolean {
    if (this.jam && this.isFull) return false;
    this.put(frame);
    return true;
  }

  /** What the client waits for, however far behind it is: bounded by what it says. */
  answer(frames: Uint8Array): void {
    this.put(frames);
  }

  close(): void {
    this.clear();
  }

  private put(frame: Uint8Array): void {
    const { jam } = this;
    if (jam) {
      jam.frames.push(frame);
      jam.bytes += frame.length;
      return;
    }
    if (this.stream.destroyed || this.stream.writableEnded) return;
    this.cork();
    if (!this.stream.write(frame)) this.wait();
  }

  /** What is written in one turn of the event loop goes out in one piece. */
  private cork(): void {
    if (this.isCorked) return;
    this.isCorked = true;
    this.stream.cork();
    process.nextTick(() => {
      this.isCorked = false;
      this.stream.uncork();
    });
  }

  private wait(): void {
    const drained = () => this.readOn();
    const patience = setTimeout(() => this.keeper.frozen(), this.limits.unreadMs);
    this.jam = { drained, patience, frames: [], bytes: 0 };
    this.stream.once('drain', drained);
  }

  /** @returns what stood here. */
  private clear(): readonly Uint8Array[] {
    const { jam } = this;
    if (!jam) return [];
    this.jam = null;
    clearTimeout(jam.patience);
    this.stream.off('drain', jam.drained);
    return jam.frames;
  }

  /** What the stream does not take now stands behind the next jam, in the same order. */
  private readOn(): void {
    for (const frame of this.clear()) this.put(frame);
    if (this.isFlowing) this.keeper.flows();
  }
}
