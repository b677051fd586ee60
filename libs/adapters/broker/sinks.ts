// Where the bytes of one field go, in as many pieces as they come in: numbers, text, and what nobody looks at.
import type { Objection } from './objection.js';
import { breach } from './objection.js';

export interface Sink {
  take(chunk: Uint8Array, from: number, to: number): Objection | null;
  /** The field is whole. */
  end(): Objection | null;
}

/** What may be anything: payloads, passwords. */
export const unseen: Sink = {
  take: () => null,
  end: () => null,
};

/** MQTT 3.1.1 §1.5.2: the high byte first. */
export class NumberSink implements Sink {
  value = 0;

  take(chunk: Uint8Array, from: number, to: number): null {
    for (let at = from; at < to; at += 1) this.value = this.value * 256 + (chunk[at] ?? 0);
    return null;
  }

  end(): null {
    return null;
  }
}

const shortestSequence = 0xc2;
const longestSequence = 0xf4;

/** MQTT 3.1.1 §1.5.3: well-formed UTF-8 (RFC 3629 §4, so no surrogates) without what receivers may refuse. */
export class TextSink implements Sink {
  /** Of the character under way: its bits so far, how many bytes are to come, and the bounds of the next. */
  private point = 0;
  private left = 0;
  private low = 0x80;
  private high = 0xbf;

  take(chunk: Uint8Array, from: number, to: number): Objection | null {
    for (let at = from; at < to; at += 1) {
      const objection = this.byte(chunk[at] ?? 0);
      if (objection) return objection;
    }
    return null;
  }

  end(): Objection | null {
    return this.left === 0 ? null : breach('MQTT-1.5.3-1');
  }

  byte(byte: number): Objection | null {
    if (this.left > 0) return this.goOn(byte);
    if (byte >= 0x20 && byte < 0x7f) return null;
    return byte < 0x80 ? breach(byte === 0 ? 'MQTT-1.5.3-2' : 'MQTT-1.5.3') : this.begin(byte);
  }

  private begin(byte: number): Objection | null {
    if (byte < shortestSequence || byte > longestSequence) return breach('MQTT-1.5.3-1');
    this.left = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    this.point = byte & (0x3f >> this.left);
    // Overlong forms, surrogates and what lies past U+10FFFF show in the second byte.
    this.low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    this.high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    return null;
  }

  private goOn(byte: number): Objection | null {
    if (byte < this.low || byte > this.high) return breach('MQTT-1.5.3-1');
    this.low = 0x80;
    this.high = 0xbf;
    this.point = (this.point << 6) | (byte & 0x3f);
    this.left -= 1;
    return this.left === 0 && isShunned(this.point) ? breach('MQTT-1.5.3') : null;
  }
}

/** Control characters and what Unicode calls non-characters. */
function isShunned(point: number): boolean {
  return point < 0xa0 || (point >= 0xfdd0 && point <= 0xfdef) || (point & 0xfffe) === 0xfffe;
}
