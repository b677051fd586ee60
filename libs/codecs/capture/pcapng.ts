// The newer capture file: blocks, each with its type and length (draft-ietf-opsawg-pcapng).
import { type CaptureFault, LONGEST_PACKET, type Packet, type PacketReader, viewOf } from './packet.js';
import { Pieces } from './pieces.js';

const BLOCK = { section: 0x0a0d0d0a, interface: 1, simple: 3, enhanced: 6 } as const;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const SMALLEST_BLOCK = 12;

/** Reads the same in both byte orders. */
export const isPcapng = (start: Uint8Array): boolean =>
  start.length >= 4 && viewOf(start).getUint32(0) === BLOCK.section;

interface Interface {
  readonly linkType: number;
  /** 0 for no limit. */
  readonly snapLength: number;
}

export class PcapngReader implements PacketReader {
  fault: CaptureFault | undefined;
  private readonly pieces = new Pieces();
  private littleEndian = true;
  private interfaces: Interface[] = [];

  get isCutOff(): boolean {
    return this.pieces.length > 0;
  }

  push(piece: Uint8Array): Packet[] {
    this.pieces.push(piece);
    const packets: Packet[] = [];
    for (let block = this.nextBlock(); block; block = this.nextBlock()) {
      const packet = this.read(block);
      if (packet) packets.push(packet);
    }
    return packets;
  }

  private nextBlock(): Uint8Array | undefined {
    const start = this.pieces.peek(SMALLEST_BLOCK);
    if (!start || this.fault) return undefined;
    if (isPcapng(start)) this.littleEndian = viewOf(start).getUint32(8, true) === BYTE_ORDER_MAGIC;
    const length = this.number(start, 4);
    if (length < SMALLEST_BLOCK || length > LONGEST_PACKET + 0x10000 || length % 4 !== 0) {
      this.fault = 'damaged';
      return undefined;
    }
    return this.pieces.take(length);
  }

  private read(block: Uint8Array): Packet | undefined {
    const type = this.number(block, 0);
    switch (type) {
      case BLOCK.section:
        this.interfaces = [];
        return undefined;
      case BLOCK.interface:
        if (block.length >= 20)
          this.interfaces.push({
            linkType: viewOf(block).getUint16(8, this.littleEndian),
            snapLength: this.number(block, 12),
          });
        return undefined;
      case BLOCK.enhanced:
        return block.length < 32 ? undefined : this.enhanced(block);
      case BLOCK.simple:
        return block.length < 16 ? undefined : this.simple(block);
      default:
        return undefined;
    }
  }

  private enhanced(block: Uint8Array): Packet | undefined {
    const captured = this.number(block, 20);
    return this.packet(block, this.number(block, 8), 28, captured, this.number(block, 24));
  }

  private simple(block: Uint8Array): Packet | undefined {
    const original = this.number(block, 8);
    const snapLength = this.interfaces[0]?.snapLength || original;
    return this.packet(block, 0, 12, Math.min(original, snapLength), original);
  }

  private packet(block: Uint8Array, via: number, from: number, captured: number, originalLength: number) {
    const linkType = this.interfaces[via]?.linkType;
    if (linkType === undefined || from + captured > block.length - 4) return undefined;
    return { linkType, bytes: block.subarray(from, from + captured), originalLength };
  }

  private number(block: Uint8Array, at: number): number {
    return viewOf(block).getUint32(at, this.littleEndian);
  }
}
