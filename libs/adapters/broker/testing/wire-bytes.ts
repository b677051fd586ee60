// Packets byte for byte, sound or not, for tests that mean every one of them.

/** A number is one byte; a string is text behind its length (MQTT 3.1.1 §1.5.3); bytes stand as they are. */
export type Part = number | string | Uint8Array;

export function packet(firstByte: number, ...parts: readonly Part[]): Buffer {
  const body = joined(parts);
  return Buffer.concat([Buffer.of(firstByte), lengthOf(body.length), body]);
}

/** A packet that says another length than it has. */
export function packetSaying(length: number, firstByte: number, ...parts: readonly Part[]): Buffer {
  return Buffer.concat([Buffer.of(firstByte), lengthOf(length), joined(parts)]);
}

/** A header whose length has a fifth byte. */
export function endless(firstByte: number): Buffer {
  return Buffer.of(firstByte, 0x80, 0x80, 0x80, 0x80, 0x01);
}

/** Two bytes: a packet identifier, a keep-alive, a length. */
export function word(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff);
}

/** Any bytes behind their length. */
export function sized(...bytes: readonly number[]): Buffer {
  return Buffer.concat([word(bytes.length), Buffer.from(bytes)]);
}

/** A payload. */
export function plain(text: string): Buffer {
  return Buffer.from(text);
}

function joined(parts: readonly Part[]): Buffer {
  return Buffer.concat(parts.map(bytesOf));
}

function bytesOf(part: Part): Uint8Array {
  if (typeof part === 'number') return Buffer.of(part);
  return typeof part === 'string' ? sized(...Buffer.from(part)) : part;
}

function lengthOf(length: number): Buffer {
  const bytes: number[] = [];
  for (let rest = length; ; rest >>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}
