// Broadcasts on a cable: there the length of the UDP payload is the symbol, since small frames are padded.
import type { Frame } from '#codecs/airkiss';
import { hexOf } from './hex.js';
import { LINK_TYPE, viewOf } from './packet.js';

const IPV4 = 0x0800;
const VLAN = 0x8100;
const UDP = 17;
const UDP_HEADER_BYTES = 8;
const BROADCAST = 'ffffffffffff';

/** Reads an Ethernet frame (LINKTYPE 1) with an IPv4 broadcast. */
export function readEthernet(bytes: Uint8Array): Frame | undefined {
  if (bytes.length < 14) return undefined;
  const destination = hexOf(bytes.subarray(0, 6));
  const source = hexOf(bytes.subarray(6, 12));
  const type = viewOf(bytes).getUint16(12);
  const at = type === VLAN ? 16 : 12;
  if (bytes.length < at + 2 || viewOf(bytes).getUint16(at) !== IPV4) return undefined;
  const packet = bytes.subarray(at + 2);
  return destination === BROADCAST || goesToAll(packet) ? datagram(packet, source) : undefined;
}

/** Reads what Linux writes when it captures on all interfaces at once (LINKTYPE 113 and 276). */
export function readCooked(bytes: Uint8Array, linkType: number): Frame | undefined {
  const isNewer = linkType === LINK_TYPE.cooked2;
  const header = isNewer
    ? { length: 20, protocol: 0, address: 12 }
    : { length: 16, protocol: 14, address: 6 };
  if (bytes.length < header.length || viewOf(bytes).getUint16(header.protocol) !== IPV4) return undefined;
  const source = hexOf(bytes.subarray(header.address, header.address + 6));
  const packet = bytes.subarray(header.length);
  return goesToAll(packet) ? datagram(packet, source) : undefined;
}

/** The last byte of the IPv4 destination; on loopback nothing else tells a broadcast. */
const goesToAll = (packet: Uint8Array): boolean => packet[19] === 0xff;

function datagram(packet: Uint8Array, source: string): Frame | undefined {
  const headerBytes = ((packet[0] ?? 0) & 0x0f) * 4;
  if (packet.length < headerBytes + UDP_HEADER_BYTES || packet[9] !== UDP) return undefined;
  const length = viewOf(packet).getUint16(headerBytes + 4) - UDP_HEADER_BYTES;
  if (length < 0) return undefined;
  // Two senders on one machine, or on loopback where all addresses are zero, differ in their port.
  const bssid = `00000000${viewOf(packet).getUint16(headerBytes).toString(16).padStart(4, '0')}`;
  return { length, direction: 'to', source, bssid, destination: BROADCAST };
}
