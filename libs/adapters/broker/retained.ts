// What is retained, by topic, for whoever subscribes later (MQTT 3.1.1 §3.3.1.3); in memory, bounded.
import { filterMatches } from '#codecs/wire';
import type { RetainedMessage } from '#domain/intake';

/** What the memory of a message takes beside its topic and payload, about. */
const bytesBeside = 200;

interface Standing {
  readonly message: RetainedMessage;
  readonly serial: number;
}

interface Reservation {
  /** Of the largest. */
  readonly bytes: number;
  readonly times: number;
}

export class RetainedMessages {
  /** In the order in which they were retained: a newer one of a topic goes to the end. */
  private readonly byTopic = new Map<string, Standing>();
  /** By topic: what messages of it that are being stored have been promised. */
  private readonly reserved = new Map<string, Reservation>();
  private serial = 0;
  /** Of all topics, what stands there or is promised to it, whichever is more. */
  private bytes = 0;

  constructor(private readonly mostBytes: number) {}

  /** Promises room to a message that is about to be stored, until `release`; false when there is none. */
  reserve({ topic, payload }: RetainedMessage): boolean {
    const { bytes: promised = 0, times = 0 } = this.reserved.get(topic) ?? {};
    const bytes = payload.length === 0 ? promised : Math.max(promised, weightOf(topic, payload));
    const growth = Math.max(0, bytes - this.roomOf(topic));
    if (this.bytes + growth > this.mostBytes && growth > 0) return false;
    this.change(topic, () => this.reserved.set(topic, { bytes, times: times + 1 }));
    return true;
  }

  /** The message is stored, and put here by now, or it never will be. */
  release({ topic }: Pick<RetainedMessage, 'topic'>): void {
    const { bytes = 0, times = 0 } = this.reserved.get(topic) ?? {};
    this.change(topic, () => {
      if (times > 1) this.reserved.set(topic, { bytes, times: times - 1 });
      else this.reserved.delete(topic);
    });
  }

  put(message: RetainedMessage): void {
    const { topic } = message;
    this.change(topic, () => {
      this.byTopic.delete(topic);
      this.serial += 1;
      this.byTopic.set(topic, { message, serial: this.serial });
    });
  }

  /** @returns whether there was one. */
  drop(topic: string): boolean {
    return this.change(topic, () => this.byTopic.delete(topic));
  }

  /**
   * What stands now and matches, to be walked at leisure: what is retained meanwhile is left out, since a subscriber
   * has heard it live. Null stands for a message that was looked at and does not match.
   */
  *matching(filter: string): Generator<RetainedMessage | null> {
    if (!/[+#]/.test(filter)) {
      yield this.byTopic.get(filter)?.message ?? null;
      return;
    }
    const last = this.serial;
    for (const [topic, { message, serial }] of this.byTopic) {
      if (serial > last) return;
      yield filterMatches(filter, topic) ? message : null;
    }
  }

  private change<T>(topic: string, work: () => T): T {
    this.bytes -= this.roomOf(topic);
    const outcome = work();
    this.bytes += this.roomOf(topic);
    return outcome;
  }

  private roomOf(topic: string): number {
    const standing = this.byTopic.get(topic);
    const size = standing ? weightOf(topic, standing.message.payload) : 0;
    return Math.max(size, this.reserved.get(topic)?.bytes ?? 0);
  }
}

/** Many small messages take room too. */
function weightOf(topic: string, payload: Uint8Array): number {
  return topic.length + payload.length + bytesBeside;
}
