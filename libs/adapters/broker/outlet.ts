// The way out to one connection, bounded: who does not read fills his own outlet and nobody else's.
import type { Duplex } from 'node:stream';
import type { BrokerLimits } from './broker-settings.js';

export interface OutletKeeper {
  /** All that was written has gone, and there is room for more. */
  flows(): void;
  /** Nothing of what was written has gone for `unreadMs`. */
  frozen(): void;
}

/**
 * The stream itself is given no more than it takes at once; what is beyond stands here, up to `unreadBytes`. So a
 * drain of the stream is a sign of life, and a slow reader is told apart from one that has stopped.
 */
export class Outlet {
  private backlog: Uint8Array[] = [];
  private backlogBytes = 0;
  private patience: NodeJS.Timeout | null = null;
  private isCorked = false;
  private readonly drained = () => this.readOn();

  constructor(
    private readonly stream: Duplex,
    private readonly limits: Pick<BrokerLimits, 'unreadBytes' | 'unreadMs'>,
    private readonly keeper: OutletKeeper,
  ) {
    stream.on('drain', this.drained);
  }

  get isFlowing(): boolean {
    return this.patience === null;
  }

  get isFull(): boolean {
    return this.backlogBytes + this.stream.writableLength > this.limits.unreadBytes;
  }

  /** @returns whether it was taken: false once the reader is too far behind. */
  write(frame: Uint8Array): boolean {
    if (this.isFlowing) this.put(frame);
    else if (this.isFull) return false;
    else this.keepBack(frame);
    return true;
  }

  /** What the client waits for, however far behind it is: bounded by what it says. */
  answer(frames: Uint8Array): void {
    if (this.isFlowing) this.put(frames);
    else this.keepBack(frames);
  }

  close(): void {
    this.stream.off('drain', this.drained);
    this.calm();
    this.backlog = [];
    this.backlogBytes = 0;
  }

  private keepBack(frame: Uint8Array): void {
    this.backlog.push(frame);
    this.backlogBytes += frame.length;
  }

  private put(frame: Uint8Array): void {
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
    this.patience ??= setTimeout(() => this.keeper.frozen(), this.limits.unreadMs);
  }

  private calm(): void {
    if (this.patience) clearTimeout(this.patience);
    this.patience = null;
  }

  private readOn(): void {
    this.calm();
    const waiting = this.backlog;
    let taken = 0;
    for (; taken < waiting.length && this.isFlowing; taken += 1) {
      const frame = waiting[taken];
      if (!frame) continue;
      this.backlogBytes -= frame.length;
      this.put(frame);
    }
    this.backlog = waiting.slice(taken);
    if (this.isFlowing) this.keeper.flows();
  }
}
