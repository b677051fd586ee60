// Retained messages on their way to a new subscriber: as many as he reads, and never many in one turn of the event loop.
import type { QoS } from '#domain/intake';
import { type Copy, least } from './copy.js';
import type { RetainedMessages } from './retained.js';

/** Looked at in one turn: some tenths of a millisecond. */
const lookedAtOnce = 500;

interface Replay {
  readonly messages: ReturnType<RetainedMessages['matching']>;
  readonly qos: QoS;
}

export class Replays {
  /** By filter: who subscribes again before it is through is told from the beginning, and once. */
  private readonly waiting = new Map<string, Replay>();
  private isBusy = false;

  constructor(
    private readonly retained: RetainedMessages,
    private readonly goOn: () => void,
  ) {}

  get isDone(): boolean {
    return !this.isBusy && this.waiting.size === 0;
  }

  add(filter: string, qos: QoS): void {
    this.waiting.delete(filter);
    this.waiting.set(filter, { messages: this.retained.matching(filter), qos });
  }

  drop(filter: string): void {
    this.waiting.delete(filter);
  }

  clear(): void {
    this.waiting.clear();
  }

  /** Hands copies over while there is room; whoever calls comes back when there is room again. */
  go(hasRoom: () => boolean, send: (copy: Copy) => void): void {
    // Sending comes back here.
    if (this.isBusy) return;
    this.isBusy = true;
    let looked = 0;
    for (; looked < lookedAtOnce && hasRoom(); looked += 1) {
      const [first] = this.waiting;
      if (!first) break;
      const [filter, { messages, qos }] = first;
      const { value, done } = messages.next();
      if (done) this.waiting.delete(filter);
      else if (value) send({ ...value, qos: least(value.qos, qos), retain: true });
    }
    this.isBusy = looked === lookedAtOnce;
    if (this.isBusy) setImmediate(() => this.rested());
  }

  private rested(): void {
    this.isBusy = false;
    this.goOn();
  }
}
