// The classic capture file: a header, then packets (draft-ietf-opsawg-pcap).
import { type CaptureFault, LONGEST_PACKET, type Packet, type PacketReader, viewOf } from './packet.js';
import { Pieces } from './pieces.js';

const HEADER_BYTES = 24;
const PACKET_HEADER_BYTES = 16;
/** Magic number in the file's own byte order, with times in micro- or nanoseconds. */
const MAGICS = [0xa1b2c3d4, 0xa1b23c4d];

/** Whether a file that begins like this is one; in which byte order. */
export function pcapByteOrder(start: Uint8Array): { littleEndian: boolean } | undefined {
  if (start.length < 4) return undefined;
  const magic = (littleEndian: boolean) => viewOf(start).getUint32(0, littleEndian);
  if (MAGICS.includes(magic(true))) return { littleEndian: true };
  return MAGICS.includes(magic(false)) ? { littleEndian: false } : undefined;
}

export class PcapReader implements PacketReader {
  fault: CaptureFault | undefined;
  private readonly pieces = new Pieces();
  private linkType: number | undefined;

  constructor(private readonly littleEndian: boolean) {}

  get isCutOff(): boolean {
    return this.pieces.length > 0 || this.linkType === undefined;
  }

  push(piece: Uint8Array): Packet[] {
    this.pieces.push(piece);
    if (this.linkType === undefined) {
      const header = this.pieces.take(HEADER_BYTES);
      if (!header) return [];
      // The upper bits tell of a checksum at the end of frames.
      this.linkType = viewOf(header).getUint32(20, this.littleEndian) & 0xffff;
    }
    const packets: Packet[] = [];
    for (let packet = this.next(this.linkType); packet; packet = this.next(this.linkType))
      packets.push(packet);
    return packets;
  }

  private next(linkType: number): Packet | undefined {
    const header = this.pieces.peek(PACKET_HEADER_BYTES);
    if (!header || this.fault) return undefined;
    const captured = viewOf(header).getUint32(8, this.littleEndian);
    const originalLength = viewOf(header).getUint32(12, this.littleEndian);
    if (captured > LONGEST_PACKET) {
      this.fault = 'damaged';
      return undefined;
    }
    const whole = this.pieces.take(PACKET_HEADER_BYTES + captured);
    return whole && { linkType, bytes: whole.subarray(PACKET_HEADER_BYTES), originalLength };
  }
}
