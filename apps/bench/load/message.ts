// The message of the benchmarks: one reading of a gas sensor, made once as a packet, with its stamp filled in for each sending.
import { topicOf } from '#codecs/wire';
import { publishBytes } from './packets.js';

/** Ten digits each, so that every message is as long as every other. */
const firstSeq = 1_000_000_000;
const digits = { seq: 10, at: 13 };

const payloadOf = (boot: number) =>
  `{"boot":${boot},"seq":${firstSeq},"at":${'0'.repeat(digits.at)},"values":{"gas.lel":0.843750}}`;

export interface Places {
  readonly length: number;
  readonly packetId: number;
  readonly seq: number;
  readonly at: number;
}

/** A PUBLISH of QoS 1 as bytes, and where in it stands what changes. */
export function telemetryPacket(deviceId: string, boot: number): { bytes: Buffer; places: Places } {
  const payload = payloadOf(boot);
  const bytes = publishBytes(topicOf(deviceId, 'telemetry'), Buffer.from(payload), 1);
  const start = bytes.length - payload.length;
  return {
    bytes,
    places: {
      length: bytes.length,
      packetId: start - 2,
      seq: start + payload.indexOf(String(firstSeq)),
      at: start + payload.indexOf('"at":') + 5,
    },
  };
}

export const payloadBytes = payloadOf(firstSeq).length;

/** Writes the stamp of message `number` into a copy of the packet that begins at `from`. */
export function stamp(
  bytes: Buffer,
  from: number,
  { packetId, seq, at }: Places,
  number: number,
  now: number,
): void {
  const id = (number % 65_535) + 1;
  bytes[from + packetId] = id >> 8;
  bytes[from + packetId + 1] = id & 0xff;
  writeDigits(bytes, from + seq, digits.seq, firstSeq + number);
  writeDigits(bytes, from + at, digits.at, now);
}

function writeDigits(bytes: Buffer, from: number, count: number, value: number): void {
  let rest = value;
  for (let at = from + count - 1; at >= from; at--) {
    const next = Math.floor(rest / 10);
    bytes[at] = 48 + rest - next * 10;
    rest = next;
  }
}
