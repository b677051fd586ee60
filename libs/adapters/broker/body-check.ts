// Holds one packet's form against its body, which comes in any pieces; of the bytes none is kept.
import type { Body, Field, Form } from './forms.js';
import { breach, type Objection } from './objection.js';

export class BodyCheck implements Body {
  /** Bytes that no field has taken yet. */
  left: number;
  private readonly form: Form;
  private field: Field | null = null;
  /** Of the field under way. */
  private awaited = 0;

  constructor(
    form: (body: Body) => Form,
    readonly flags: number,
    length: number,
    readonly limits: Body['limits'],
    readonly objectionTo: Body['objectionTo'],
  ) {
    this.left = length;
    this.form = form(this);
  }

  /** What lies between `from` and `to`, all of it of this packet. The first call may bring nothing. */
  take(chunk: Uint8Array, from: number, to: number): Objection | null {
    let at = from;
    let objection = this.field ? null : this.next();
    while (!objection && this.field) {
      const { sink } = this.field;
      const end = Math.min(to, at + this.awaited);
      objection = sink.take(chunk, at, end);
      this.awaited -= end - at;
      at = end;
      if (this.awaited > 0) break;
      objection ??= sink.end() ?? this.next();
    }
    return objection;
  }

  /** Goes to the next field; the last one leaves nothing over. */
  private next(): Objection | null {
    const step = this.form.next();
    if (step.done) {
      this.field = null;
      return step.value ?? (this.left === 0 ? null : breach('MQTT-4.8.0-1'));
    }
    const { bytes } = step.value;
    if (bytes > this.left) return breach('MQTT-4.8.0-1');
    this.field = step.value;
    this.awaited = bytes;
    this.left -= bytes;
    return null;
  }
}
