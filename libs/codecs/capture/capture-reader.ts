// A capture of any kind, piece by piece, as the frames that AirKiss can be read from.
import type { Frame } from '#codecs/airkiss';
import { readCooked, readEthernet } from './ethernet.js';
import { readDataFrame, readRadiotap } from './ieee80211.js';
import { type CaptureFault, LINK_TYPE, type Packet, type PacketReader } from './packet.js';
import { PcapReader, pcapByteOrder } from './pcap.js';
import { isPcapng, PcapngReader } from './pcapng.js';
import { Pieces } from './pieces.js';

/** What a capture says in its order. */
export type Captured =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'channel-change' };

const MAGIC_BYTES = 4;

/** Whether these first bytes are those of a capture file, pcap or pcapng. */
export const isCapture = (start: Uint8Array): boolean =>
  isPcapng(start) || pcapByteOrder(start) !== undefined;

/** Reads pcap and pcapng; radiotap, bare 802.11, Ethernet and Linux' cooked packets. Never throws. */
export class CaptureReader {
  /** Packets of link types that say nothing about AirKiss. */
  readonly unknownLinkTypes = new Set<number>();
  private readonly start = new Pieces();
  private reader: PacketReader | undefined;
  private frequencyMhz: number | undefined;
  private notACapture = false;

  /** Why nothing more can be read. */
  get fault(): CaptureFault | undefined {
    return this.notACapture ? 'not-a-capture' : this.reader?.fault;
  }

  /** Whether it ended in the middle of a packet. */
  get isCutOff(): boolean {
    return this.reader ? this.reader.isCutOff : true;
  }

  push(piece: Uint8Array): Captured[] {
    if (this.reader) return this.reader.push(piece).flatMap(packet => this.read(packet));
    this.start.push(piece);
    const magic = this.start.peek(MAGIC_BYTES);
    if (!magic) return [];
    this.reader = readerFor(magic);
    this.notACapture = this.reader === undefined;
    return this.reader ? this.push(this.start.take(this.start.length) ?? magic) : [];
  }

  private read({ linkType, bytes, originalLength }: Packet): Captured[] {
    switch (linkType) {
      case LINK_TYPE.radiotap:
        return this.radiotap(bytes, originalLength);
      case LINK_TYPE.ieee80211:
        return captured(readDataFrame(bytes, originalLength));
      case LINK_TYPE.ethernet:
        return captured(readEthernet(bytes));
      case LINK_TYPE.cooked:
      case LINK_TYPE.cooked2:
        return captured(readCooked(bytes, linkType));
      default:
        this.unknownLinkTypes.add(linkType);
        return [];
    }
  }

  private radiotap(bytes: Uint8Array, originalLength: number): Captured[] {
    const radio = readRadiotap(bytes);
    if (!radio || radio.isBad) return [];
    const { length, trailer, frequencyMhz } = radio;
    const changed =
      this.frequencyMhz !== undefined && frequencyMhz !== undefined && frequencyMhz !== this.frequencyMhz;
    this.frequencyMhz = frequencyMhz ?? this.frequencyMhz;
    const frame = captured(readDataFrame(bytes.subarray(length), originalLength - length - trailer));
    return changed ? [{ kind: 'channel-change' }, ...frame] : frame;
  }
}

function readerFor(magic: Uint8Array): PacketReader | undefined {
  if (isPcapng(magic)) return new PcapngReader();
  const order = pcapByteOrder(magic);
  return order && new PcapReader(order.littleEndian);
}

const captured = (frame: Frame | undefined): Captured[] => (frame ? [{ kind: 'frame', frame }] : []);
