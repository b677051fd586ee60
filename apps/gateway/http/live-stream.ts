// A person's live stream: what was missed first, then what happens, each notice once and none left out.
import type { Account } from '#domain/accounts';
import type { Inbox, LiveEvent, LiveFeed } from '#domain/notices';
import type { EventWriter } from './event-writer.js';

const pageSize = 100;
/** Events that may happen while the missed notices are read; past it the reader comes back and resumes. */
const mostWaiting = 1_000;

export class LiveStream {
  /** What happens while the missed notices are read; null once they are told. */
  private waiting: LiveEvent[] | null = [];
  /** The counter of the last notice that was told. */
  private toldUpTo = 0;

  private constructor(private readonly writer: EventWriter) {}

  /**
   * @param after the counter of the last notice that the reader has; null: begin now
   * @returns what ends the subscription.
   */
  static open(feed: LiveFeed, inbox: Inbox, writer: EventWriter, by: Account, after: number | null) {
    const stream = new LiveStream(writer);
    // Subscribed before the inbox is read, so that nothing falls between the two.
    const unsubscribe = feed.subscribe(
      by.id,
      event => stream.receive(event),
      () => writer.end(),
    );
    const caughtUp = stream.catchUp(inbox, by, after);
    return { unsubscribe, caughtUp };
  }

  private async catchUp(inbox: Inbox, by: Account, after: number | null): Promise<void> {
    if (after === null) await this.markLatest(inbox, by);
    else await this.replay(inbox, by, after);
    const waiting = this.waiting ?? [];
    this.waiting = null;
    for (const event of waiting) this.tell(event);
  }

  /** Without a mark, a page that is cut off before its first notice would miss what comes meanwhile. */
  private async markLatest(inbox: Inbox, by: Account): Promise<void> {
    const [latest] = await inbox.latest(by, 1);
    this.writer.mark(latest?.counter ?? 0);
  }

  private async replay(inbox: Inbox, by: Account, after: number): Promise<void> {
    this.toldUpTo = after;
    for (;;) {
      const page = await inbox.after(by, this.toldUpTo, pageSize);
      for (const data of page) this.tell({ name: 'notice', data });
      if (page.length < pageSize) return;
    }
  }

  private receive(event: LiveEvent): void {
    if (!this.waiting) this.tell(event);
    else if (this.waiting.length < mostWaiting) this.waiting.push(event);
    else this.writer.end();
  }

  private tell(event: LiveEvent): void {
    if (event.name !== 'notice') {
      this.writer.event(event);
    } else if (event.data.counter > this.toldUpTo) {
      this.toldUpTo = event.data.counter;
      this.writer.event(event, event.data.counter);
    }
  }
}
