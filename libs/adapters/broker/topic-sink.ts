// Topic names and topic filters, byte by byte: their text, their levels and their wildcards (MQTT 3.1.1 §4.7).
import { breach, excess, type Objection } from './objection.js';
import { type Sink, TextSink } from './sinks.js';

const slash = 0x2f;
const plus = 0x2b;
const hash = 0x23;

abstract class TopicSink implements Sink {
  private levels = 1;
  private readonly text = new TextSink();

  constructor(private readonly mostLevels: number) {}

  take(chunk: Uint8Array, from: number, to: number): Objection | null {
    for (let at = from; at < to; at += 1) {
      const byte = chunk[at] ?? 0;
      const objection = this.text.byte(byte) ?? this.shape(byte) ?? this.depth(byte);
      if (objection) return objection;
    }
    return null;
  }

  end(): Objection | null {
    return this.text.end();
  }

  protected abstract shape(byte: number): Objection | null;

  private depth(byte: number): Objection | null {
    if (byte === slash) this.levels += 1;
    return this.levels > this.mostLevels ? excess('topic-levels') : null;
  }
}

export class NameSink extends TopicSink {
  protected shape(byte: number): Objection | null {
    return byte === plus || byte === hash ? breach('MQTT-3.3.2-2') : null;
  }
}

export class FilterSink extends TopicSink {
  private before = slash;

  protected shape(byte: number): Objection | null {
    const { before } = this;
    this.before = byte;
    if (before === hash) return breach('MQTT-4.7.1-2');
    if (before === plus && byte !== slash) return breach('MQTT-4.7.1-3');
    if (before === slash) return null;
    if (byte === hash) return breach('MQTT-4.7.1-2');
    return byte === plus ? breach('MQTT-4.7.1-3') : null;
  }
}
