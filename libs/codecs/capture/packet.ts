// A captured packet, whichever file it came from.

/** One packet as it was captured. */
export interface Packet {
  /** What its bytes begin with, a number of the LINKTYPE registry. */
  readonly linkType: number;
  /** Bytes that were kept; a capture may keep only the beginning. */
  readonly bytes: Uint8Array;
  /** Bytes that there were on the air or on the wire. */
  readonly originalLength: number;
}

/** The link types that are understood. */
export const LINK_TYPE = {
  ethernet: 1,
  ieee80211: 105,
  cooked: 113,
  radiotap: 127,
  cooked2: 276,
} as const;

/** Why a capture cannot be read on. */
export type CaptureFault = 'not-a-capture' | 'damaged';

/** Takes a capture piece by piece. */
export interface PacketReader {
  /** Packets that are whole with this piece. */
  push(piece: Uint8Array): Packet[];
  /** Set when what came cannot be read on. */
  readonly fault: CaptureFault | undefined;
  /** Whether the last packet is not whole. */
  readonly isCutOff: boolean;
}

/** No packet of a radio or a cable is longer; more means that the file is damaged. */
export const LONGEST_PACKET = 0x40000;

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
