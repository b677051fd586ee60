// What a CONNECT says (MQTT 3.1.1 §3.1). The gate has looked at every byte of it before: its lengths are true.
import type { Packet } from './broker-policy.js';
import { connectFlag as flag } from './connect-form.js';

export interface Connect {
  /** 4 of MQTT 3.1.1, 3 of MQTT 3.1. */
  readonly level: number;
  /** Empty when the client leaves it to us. */
  readonly clientId: string;
  readonly isClean: boolean;
  readonly keepAliveS: number;
  readonly will: Packet | null;
  readonly username: string | undefined;
  /** A view of the packet. */
  readonly password: Uint8Array | undefined;
}

/** @param packet whole, with its fixed header */
export function connectOf(packet: Uint8Array): Connect {
  const fields = new Fields(packet);
  fields.field();
  const level = fields.byte();
  const flags = fields.byte();
  const keepAliveS = fields.number();
  const clientId = fields.text();
  return {
    level,
    clientId,
    isClean: (flags & flag.cleanSession) !== 0,
    keepAliveS,
    will: flags & flag.will ? willOf(fields, flags) : null,
    username: flags & flag.username ? fields.text() : undefined,
    password: flags & flag.password ? fields.field() : undefined,
  };
}

/** It outlives the packet, and the secret that stands behind it. */
function willOf(fields: Fields, flags: number): Packet {
  const topic = fields.text();
  const payload = new Uint8Array(fields.field());
  const qos = (flags & flag.willQos) >> 3;
  return { topic, payload, qos: qos === 0 ? 0 : qos === 1 ? 1 : 2, retain: (flags & flag.willRetain) !== 0 };
}

/** One after the other, from behind the fixed header on. */
class Fields {
  private readonly bytes: Buffer;
  private at: number;

  constructor({ buffer, byteOffset, length }: Uint8Array) {
    this.bytes = Buffer.from(buffer, byteOffset, length);
    this.at = 2;
    // §2.2.3: each byte of the remaining length but the last has its highest bit set.
    while (((this.bytes[this.at - 1] ?? 0) & 0x80) !== 0) this.at += 1;
  }

  byte(): number {
    this.at += 1;
    return this.bytes.readUInt8(this.at - 1);
  }

  number(): number {
    this.at += 2;
    return this.bytes.readUInt16BE(this.at - 2);
  }

  field(): Buffer {
    const length = this.number();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text(): string {
    const length = this.number();
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }
}
