// Writes captures for specs: the same frames as pcap and pcapng, behind every header that is understood.
import type { Frame } from '#codecs/airkiss';

const fromHex = (hex: string): number[] => [...Buffer.from(hex, 'hex')];
const u16 = (value: number) => [value & 0xff, (value >> 8) & 0xff];
const u16be = (value: number) => u16(value).reverse();
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const BROADCAST = 'ffffffffffff';

/** One packet to be written. */
export interface Written {
  readonly bytes: number[];
  readonly originalLength: number;
}

/** A data frame without its body, as a capture with a short snap length keeps it. */
export function dataFrame({ length, seq = 0, direction, source, bssid }: Frame): Written {
  const addresses = direction === 'to' ? [bssid, source, BROADCAST] : [BROADCAST, bssid, source];
  const flags = direction === 'to' ? 1 : 2;
  return {
    bytes: [0x08, flags, 0, 0, ...addresses.flatMap(fromHex), ...u16(seq << 4)],
    originalLength: length,
  };
}

/** The same behind a radiotap header that tells flags and channel. */
export function withRadiotap({ bytes, originalLength }: Written, frequencyMhz = 2437, flags = 0x10): Written {
  // Present: flags, rate, channel, and one more word that is empty.
  const header = [
    0,
    0,
    ...u16(20),
    ...u32(0x8000000e),
    ...u32(0),
    flags,
    2,
    ...u16(frequencyMhz),
    ...u16(0xa0),
    0,
    0,
  ];
  return {
    bytes: [...header, ...bytes],
    originalLength: originalLength + header.length + (flags & 0x10 ? 4 : 0),
  };
}

/** A broadcast datagram on a cable, padded to 60 bytes. */
export function ethernet(payloadLength: number, source: string): Written {
  const total = 28 + payloadLength;
  const ip = [0x45, 0, ...u16be(total), 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 255];
  const udp = [...u16be(40_000), ...u16be(10_000), ...u16be(8 + payloadLength), 0, 0];
  const bytes = [...fromHex(BROADCAST), ...fromHex(source), ...u16be(0x0800), ...ip, ...udp];
  return { bytes, originalLength: Math.max(60, 14 + total) };
}

export function pcap(linkType: number, packets: readonly Written[]): Uint8Array {
  const header = [
    ...u32(0xa1b2c3d4),
    ...u16(2),
    ...u16(4),
    ...u32(0),
    ...u32(0),
    ...u32(256),
    ...u32(linkType),
  ];
  const records = packets.flatMap(({ bytes, originalLength }) => [
    ...u32(0),
    ...u32(0),
    ...u32(bytes.length),
    ...u32(originalLength),
    ...bytes,
  ]);
  return Uint8Array.from([...header, ...records]);
}

export function pcapng(linkType: number, packets: readonly Written[]): Uint8Array {
  const section = block(0x0a0d0d0a, [
    ...u32(0x1a2b3c4d),
    ...u16(1),
    ...u16(0),
    ...u32(0xffffffff),
    ...u32(0xffffffff),
  ]);
  const description = block(1, [...u16(linkType), ...u16(0), ...u32(256)]);
  const records = packets.flatMap(({ bytes, originalLength }) =>
    block(6, [...u32(0), ...u32(0), ...u32(0), ...u32(bytes.length), ...u32(originalLength), ...bytes]),
  );
  return Uint8Array.from([...section, ...description, ...records]);
}

function block(type: number, body: readonly number[]): number[] {
  const padded = [...body, ...Array.from({ length: (4 - (body.length % 4)) % 4 }, () => 0)];
  const length = u32(padded.length + 12);
  return [...u32(type), ...length, ...padded, ...length];
}
