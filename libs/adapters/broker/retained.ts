// What is retained, by topic, for whoever subscribes later (MQTT 3.1.1 §3.3.1.3); in memory, bounded.
import { filterMatches } from '#codecs/wire';
import type { RetainedMessage } from '#domain/intake';

/** What the memory of a message takes beside its topic and payload, about. */
const bytesBeside = 200;

interface Standing {
  readonly message: RetainedMessage;
  readonly serial: number;
}

export class RetainedMessages {
  /** In the order in which they were retained: a newer one of a topic goes to the end. */
  private readonly byTopic = new Map<string, Standing>();
  private serial = 0;
  private bytes = 0;

  constructor(private readonly mostBytes: number) {}

  hasRoomFor({ topic, payload }: RetainedMessage): boolean {
    return this.bytes - this.sizeOf(topic) + weightOf(topic, payload) <= this.mostBytes;
  }

  put(message: RetainedMessage): void {
    this.drop(message.topic);
    this.serial += 1;
    this.byTopic.set(message.topic, { message, serial: this.serial });
    this.bytes += this.sizeOf(message.topic);
  }

  /** @returns whether there was one. */
  drop(topic: string): boolean {
    this.bytes -= this.sizeOf(topic);
    return this.byTopic.delete(topic);
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

  private sizeOf(topic: string): number {
    const standing = this.byTopic.get(topic);
    return standing ? weightOf(topic, standing.message.payload) : 0;
  }
}

/** Many small messages take room too. */
function weightOf(topic: string, payload: Uint8Array): number {
  return topic.length + payload.length + bytesBeside;
}
