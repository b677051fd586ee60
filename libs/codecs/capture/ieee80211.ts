// Frames of IEEE 802.11 as a radio in monitor mode hears them, bare or behind a radiotap header.
import type { Frame } from '#codecs/airkiss';
import { hexOf } from './hex.js';
import { viewOf } from './packet.js';

const TYPE_DATA = 2;
const NO_DATA = 0x4;
const DATA_HEADER_BYTES = 24;

/**
 * Reads a data frame that passes between a station and an access point (IEEE 802.11-2020, 9.3.2.1); others
 * are none of AirKiss.
 */
export function readDataFrame(bytes: Uint8Array, length: number): Frame | undefined {
  if (bytes.length < DATA_HEADER_BYTES) return undefined;
  const [control = 0, flags = 0] = bytes;
  const type = (control >> 2) & 0x3;
  const subtype = control >> 4;
  if (type !== TYPE_DATA || subtype & NO_DATA) return undefined;
  const toAccessPoint = (flags & 1) !== 0;
  if (toAccessPoint === ((flags & 2) !== 0)) return undefined;
  const address = (at: number) => hexOf(bytes.subarray(at, at + 6));
  const [first, second, third] = [address(4), address(10), address(16)];
  return {
    length,
    seq: viewOf(bytes).getUint16(22, true) >> 4,
    ...(toAccessPoint
      ? { direction: 'to', source: second, bssid: first, destination: third }
      : { direction: 'from', source: third, bssid: second, destination: first }),
  };
}

/** What the radio says about a frame: where the frame begins, and on which frequency it was heard. */
export interface Radiotap {
  readonly length: number;
  /** Bytes of checksum behind the frame. */
  readonly trailer: number;
  /** Set when the checksum was wrong: the length may be as well. */
  readonly isBad: boolean;
  readonly frequencyMhz: number | undefined;
}

const MORE_PRESENT = 0x80000000;
const FLAG_CHECKSUM = 0x10;
const FLAG_BAD = 0x40;
/** The first fields in their order, with alignment and size (radiotap.org/fields). */
const FIELDS = [
  { name: 'time', align: 8, size: 8 },
  { name: 'flags', align: 1, size: 1 },
  { name: 'rate', align: 1, size: 1 },
  { name: 'channel', align: 2, size: 4 },
] as const;

/** Reads a radiotap header as far as it matters here. */
export function readRadiotap(bytes: Uint8Array): Radiotap | undefined {
  if (bytes.length < 8 || bytes[0] !== 0) return undefined;
  const view = viewOf(bytes);
  const length = view.getUint16(2, true);
  if (length < 8 || length > bytes.length) return undefined;
  const places = placesOf(view, length);
  const flags = places.flags === undefined ? 0 : view.getUint8(places.flags);
  return {
    length,
    trailer: flags & FLAG_CHECKSUM ? 4 : 0,
    isBad: (flags & FLAG_BAD) !== 0,
    frequencyMhz: places.channel === undefined ? undefined : view.getUint16(places.channel, true),
  };
}

function placesOf(view: DataView, length: number): { flags?: number; channel?: number } {
  const present = view.getUint32(4, true);
  let at = 8;
  for (let word = present; word & MORE_PRESENT && at + 4 <= length; at += 4) word = view.getUint32(at, true);
  const places: Partial<Record<(typeof FIELDS)[number]['name'], number>> = {};
  for (const [bit, { name, align, size }] of FIELDS.entries()) {
    if (!(present & (1 << bit))) continue;
    at = Math.ceil(at / align) * align;
    if (at + size > length) break;
    places[name] = at;
    at += size;
  }
  return places;
}
