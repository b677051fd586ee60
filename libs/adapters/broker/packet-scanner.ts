// Finds where packets begin in a stream of bytes and how long they say they are, without keeping or copying any.

/** MQTT 3.1.1 table 2.1, as far as the gate looks. */
export const packetType = { connect: 1, publish: 3, disconnect: 14 } as const;

const longestLength = 4;

export class PacketScanner {
  /** Of the packet under way: its type and its remaining length (MQTT 3.1.1 §2.2.3). */
  type = 0;
  length = 0;

  private lengthBytes = 0;
  private inHeader = false;
  private bodyLeft = 0;

  /** True between two packets. */
  get atBoundary(): boolean {
    return !this.inHeader && this.bodyLeft === 0;
  }

  /**
   * Reads on at `at` to the end of the next fixed header, of the packet, or of the chunk.
   * @returns where it stopped, and whether that was at the end of a header; -1 when the length is not one.
   */
  step(chunk: Uint8Array, at: number): { at: number; header: boolean } {
    if (this.bodyLeft > 0) {
      const taken = Math.min(this.bodyLeft, chunk.length - at);
      this.bodyLeft -= taken;
      return { at: at + taken, header: false };
    }
    return this.header(chunk, at);
  }

  private header(chunk: Uint8Array, from: number): { at: number; header: boolean } {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (!this.inHeader) {
        this.inHeader = true;
        this.type = byte >> 4;
        this.length = 0;
        this.lengthBytes = 0;
        continue;
      }
      this.length += (byte & 0x7f) * 128 ** this.lengthBytes;
      this.lengthBytes += 1;
      if (byte < 0x80) {
        this.inHeader = false;
        this.bodyLeft = this.length;
        return { at: at + 1, header: true };
      }
      if (this.lengthBytes === longestLength) return { at: -1, header: false };
    }
    return { at: chunk.length, header: false };
  }
}
