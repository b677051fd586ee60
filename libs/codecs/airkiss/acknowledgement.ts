// The answer of a device that has joined: the random byte, and with some its own address (AirKiss §7).

const MAC_BYTES = 6;

/** What an answer tells beside the random byte. */
export interface Acknowledgement {
  /** Address of the device's station, 12 hex digits; official devices do not send it. */
  readonly mac?: string;
}

/** Reads an answer; undefined when it is none to this random byte. One byte, or seven and more. */
export function readAcknowledgement(bytes: Uint8Array, random: number): Acknowledgement | undefined {
  if (bytes[0] !== random) return undefined;
  if (bytes.length === 1) return {};
  if (bytes.length <= MAC_BYTES) return undefined;
  return { mac: hexOf(bytes.subarray(1, 1 + MAC_BYTES)) };
}

/** Writes the answer of a device whose station has this address, 12 hex digits. */
export function writeAcknowledgement(random: number, mac?: string): Uint8Array {
  const address = mac?.match(/../g)?.map(digits => Number.parseInt(digits, 16)) ?? [];
  return Uint8Array.of(random, ...address);
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
