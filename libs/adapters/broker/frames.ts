// The packets that are written without Aedes, as bytes (MQTT 3.1.1 §3.2 to §3.4 and §3.6).
import type { QoS } from '#domain/intake';

export interface PublishFrame {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: QoS;
  readonly retain: boolean;
  readonly dup?: boolean;
  /** From 1 to 65 535; none with QoS 0. */
  readonly packetId?: number;
}

const connack = 0x20;
const publish = 0x30;
const puback = 0x40;
/** MQTT-3.6.1-1: its reserved bits are 0010. */
const pubrel = 0x62;

/** @param returnCode of table 3.1; 0 lets in */
export function connackFrame(returnCode: number, isSessionPresent = false): Buffer {
  return Buffer.of(connack, 2, isSessionPresent ? 1 : 0, returnCode);
}

export function publishFrame({ topic, payload, qos, retain, dup = false, packetId }: PublishFrame): Buffer {
  const topicBytes = Buffer.byteLength(topic);
  const idBytes = qos === 0 ? 0 : 2;
  const length = 2 + topicBytes + idBytes + payload.length;
  const head = 1 + digitsOf(length);
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = publish | (dup ? 8 : 0) | (qos << 1) | (retain ? 1 : 0);
  writeLength(frame, length);
  frame.writeUInt16BE(topicBytes, head);
  frame.write(topic, head + 2);
  if (idBytes > 0) frame.writeUInt16BE(packetId ?? 0, head + 2 + topicBytes);
  frame.set(payload, head + 2 + topicBytes + idBytes);
  return frame;
}

/** Of several messages, in the order in which they came (MQTT-4.6.0-2). */
export function pubackFrames(packetIds: readonly number[]): Buffer {
  const frames = Buffer.allocUnsafe(4 * packetIds.length);
  let at = 0;
  for (const packetId of packetIds) {
    frames[at] = puback;
    frames[at + 1] = 2;
    frames[at + 2] = packetId >> 8;
    frames[at + 3] = packetId & 0xff;
    at += 4;
  }
  return frames;
}

export function pubrelFrame(packetId: number): Buffer {
  return Buffer.of(pubrel, 2, packetId >> 8, packetId & 0xff);
}

/** MQTT 3.1.1 §2.2.3: seven bits a byte, the lowest first. */
function writeLength(frame: Buffer, length: number): void {
  let at = 1;
  let rest = length;
  for (; rest > 127; rest >>= 7) {
    frame[at] = (rest & 127) | 128;
    at += 1;
  }
  frame[at] = rest;
}

function digitsOf(length: number): number {
  return length < 128 ? 1 : length < 16_384 ? 2 : length < 2_097_152 ? 3 : 4;
}
