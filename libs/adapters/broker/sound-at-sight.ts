// The short way for what nearly every packet is: whole in its chunk and plainly sound.
import type { Packet } from './broker-policy.js';
import type { Body } from './forms.js';
import type { PacketScanner } from './packet-scanner.js';
import { isAcknowledgement, packetType } from './packet-types.js';

const slash = 0x2f;
const plus = 0x2b;
const hash = 0x23;

/** A PUBLISH with an ASCII topic. Whatever this does not know to be sound is looked at field by field. */
export function isSoundAtSight(
  { type, flags, length }: PacketScanner,
  chunk: Uint8Array,
  at: number,
  { topicBytes, topicLevels }: Body['limits'],
): boolean {
  if (type !== packetType.publish || flags === 0b1000 || (flags & 0b0110) === 0b0110) return false;
  if (length < 3 || at + length > chunk.length) return false;
  const bytes = ((chunk[at] ?? 0) << 8) | (chunk[at + 1] ?? 0);
  const start = at + 2;
  const end = start + bytes;
  const needed = (flags & 0b0110) === 0 ? 0 : 2;
  if (bytes === 0 || bytes > topicBytes || 2 + bytes + needed > length) return false;
  if (needed > 0 && chunk[end] === 0 && chunk[end + 1] === 0) return false;
  let slashes = 0;
  for (let place = start; place < end; place += 1) {
    const byte = chunk[place] ?? 0;
    if (byte < 0x20 || byte > 0x7e || byte === plus || byte === hash) return false;
    if (byte === slash) slashes += 1;
  }
  return slashes < topicLevels;
}

/**
 * A message that is sound at sight. Its payload are the bytes of the chunk themselves.
 * @param last the topic of the message before: nearly always it is the same, and the same text is found faster in maps
 */
export function messageAtSight(
  flags: number,
  length: number,
  chunk: Uint8Array,
  at: number,
  last: string,
): { packet: Packet; packetId: number } {
  const start = at + 2;
  const end = start + numberAt(chunk, at);
  const qos = ((flags >> 1) & 0b11) as Packet['qos'];
  const begin = qos === 0 ? end : end + 2;
  const topic = isTopic(last, chunk, start, end) ? last : topicAt(chunk, start, end);
  const payload = chunk.subarray(begin, at + length);
  return {
    packet: { topic, payload, qos, retain: (flags & 0b0001) !== 0, dup: (flags & 0b1000) !== 0 },
    packetId: qos === 0 ? 0 : numberAt(chunk, end),
  };
}

function topicAt(chunk: Uint8Array, start: number, end: number): string {
  return Buffer.from(chunk.buffer, chunk.byteOffset + start, end - start).toString('latin1');
}

function isTopic(topic: string, chunk: Uint8Array, start: number, end: number): boolean {
  if (topic.length !== end - start) return false;
  // From its end, where topics of one client differ.
  for (let place = topic.length - 1; place >= 0; place -= 1)
    if (topic.charCodeAt(place) !== chunk[start + place]) return false;
  return true;
}

const numberAt = (chunk: Uint8Array, at: number): number => ((chunk[at] ?? 0) << 8) | (chunk[at + 1] ?? 0);

/** What an acknowledgement is of; 0 when it is none, or must be looked at further. */
export function packetIdAtSight({ type, length }: PacketScanner, chunk: Uint8Array, at: number): number {
  if (!isAcknowledgement(type) || length !== 2 || at + 2 > chunk.length) return 0;
  return ((chunk[at] ?? 0) << 8) | (chunk[at + 1] ?? 0);
}
