// Finds the packets in what a broker sends, and hands them over without copying those that came whole.

/** `head` is the packet's first byte, and its body is `bytes` from `start` to `end`. */
export type OnPacket = (head: number, bytes: Buffer, start: number, end: number) => void;

export class PacketReader {
  private rest: Buffer | null = null;

  constructor(private readonly onPacket: OnPacket) {}

  read(chunk: Buffer): void {
    const bytes = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    let at = 0;
    for (let next = this.packetAt(bytes, at); next > 0; next = this.packetAt(bytes, at)) at = next;
    this.rest = at < bytes.length ? bytes.subarray(at) : null;
  }

  /** @returns where the packet ends; 0 when it is not whole. */
  private packetAt(bytes: Buffer, at: number): number {
    let length = 0;
    let start = at + 1;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[start++];
      if (byte === undefined) return 0;
      length += (byte & 127) << shift;
      if (byte < 128) break;
    }
    const end = start + length;
    if (end > bytes.length) return 0;
    this.onPacket(bytes[at] ?? 0, bytes, start, end);
    return end;
  }
}
