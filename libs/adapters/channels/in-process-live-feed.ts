// The live stream within one process: each subscriber has a short queue of its own, and who cannot follow is dropped.
import { Injectable, Logger } from '@nestjs/common';
import { type LiveEvent, LiveFeed } from '#domain/notices';

/** A whole batch of the intake may come in one turn. */
const mostWaiting = 4096;

interface Subscriber {
  readonly accountId: string;
  readonly listener: (event: LiveEvent) => void;
  readonly dropped: () => void;
  readonly waiting: LiveEvent[];
}

/**
 * Publishing costs the publisher a push and nothing else: listeners run in a later turn of the event loop, so that a
 * page never stands between a packet and its acknowledgement. A listener that throws is one that cannot follow.
 */
@Injectable()
export class InProcessLiveFeed extends LiveFeed {
  private readonly byAccount = new Map<string, Set<Subscriber>>();
  private readonly logger = new Logger('LiveFeed');

  isHeard(accountId: string): boolean {
    return this.byAccount.has(accountId);
  }

  publish(accountId: string, event: LiveEvent): void {
    for (const subscriber of this.byAccount.get(accountId) ?? []) {
      if (subscriber.waiting.length >= mostWaiting) this.drop(subscriber, 'too slow');
      else this.queue(subscriber, event);
    }
  }

  subscribe(accountId: string, listener: (event: LiveEvent) => void, dropped = () => {}): () => void {
    const subscriber: Subscriber = { accountId, listener, dropped, waiting: [] };
    const subscribers = this.byAccount.get(accountId) ?? new Set();
    this.byAccount.set(accountId, subscribers.add(subscriber));
    return () => this.remove(subscriber);
  }

  private queue(subscriber: Subscriber, event: LiveEvent): void {
    subscriber.waiting.push(event);
    if (subscriber.waiting.length === 1) setImmediate(() => this.deliver(subscriber));
  }

  private deliver(subscriber: Subscriber): void {
    for (const event of subscriber.waiting.splice(0)) {
      if (!this.byAccount.get(subscriber.accountId)?.has(subscriber)) return;
      try {
        subscriber.listener(event);
      } catch (fault) {
        this.drop(subscriber, String(fault));
      }
    }
  }

  private drop(subscriber: Subscriber, reason: string): void {
    this.logger.warn({ event: 'live-subscriber-dropped', accountId: subscriber.accountId, reason });
    this.remove(subscriber);
    subscriber.dropped();
  }

  private remove(subscriber: Subscriber): void {
    const subscribers = this.byAccount.get(subscriber.accountId);
    subscribers?.delete(subscriber);
    if (subscribers?.size === 0) this.byAccount.delete(subscriber.accountId);
  }
}
