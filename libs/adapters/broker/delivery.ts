// What one connection of a client is being sent: copies that its outlet has not taken yet, then what is retained for it.
import type { QoS } from '#domain/intake';
import type { Copy } from './copy.js';
import { publishFrame, pubrelFrame } from './frames.js';
import type { Outlet } from './outlet.js';
import type { Queued } from './owed.js';
import { Replays } from './replays.js';
import type { RetainedMessages } from './retained.js';

/** The mailbox that the copies are of. */
export interface Sender {
  /** Whether it may be owed more of what is retained. */
  readonly mayReplay: boolean;
  send(copy: Copy): void;
}

/** Both of its queues are there while something stands in them, which for most clients is never. */
export class Delivery {
  private unsent: Set<Queued> | null = null;
  private replays: Replays | null = null;

  constructor(
    readonly outlet: Outlet,
    private readonly retained: RetainedMessages,
    private readonly sender: Sender,
  ) {}

  /** Behind whatever waits already; it is written by `go`. */
  add(queued: Queued): void {
    this.unsent ??= new Set();
    this.unsent.add(queued);
  }

  remove(queued: Queued): void {
    this.unsent?.delete(queued);
  }

  replay(filter: string, qos: QoS): void {
    this.replays ??= new Replays(this.retained, () => this.go());
    this.replays.add(filter, qos);
  }

  stopReplay(filter: string): void {
    this.replays?.drop(filter);
  }

  /** Writes what waits, as far as the outlet takes it. */
  go(): void {
    for (const queued of this.unsent ?? []) {
      if (!this.outlet.write(frameOf(queued))) return;
      this.unsent?.delete(queued);
      if (queued.state === 'waiting') queued.state = 'sent';
    }
    this.unsent = null;
    if (this.replays) this.goOnWith(this.replays);
  }

  /** Nothing that waits is wanted any more. */
  clear(): void {
    this.unsent = null;
    this.replays?.clear();
    this.replays = null;
  }

  private goOnWith(replays: Replays): void {
    const hasRoom = () => this.outlet.isFlowing && this.sender.mayReplay;
    replays.go(hasRoom, copy => this.sender.send(copy));
    if (replays.isDone) this.replays = null;
  }
}

function frameOf({ state, packetId, isRepeated, ...copy }: Queued): Uint8Array {
  return state === 'released' ? pubrelFrame(packetId) : publishFrame({ ...copy, packetId, dup: isRepeated });
}
