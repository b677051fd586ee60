// Finds where packets begin in a stream of bytes and how long they say they are, without keeping or copying any.

const longestLength = 4;

export class PacketScanner {
  /** Of the packet under way: its type, its four flag bits and its remaining length (MQTT 3.1.1 §2.2). */
  type = 0;
  flags = 0;
  length = 0;
  /** Whether the last step ended at the end of a fixed header. */
  atBody = false;

  /** Inside a fixed header: the type and the flags are known, the length is not. */
  inHeader = false;

  private lengthBytes = 0;
  private bodyLeft = 0;

  /** True between two packets. */
  get atBoundary(): boolean {
    return !this.inHeader && this.bodyLeft === 0;
  }

  /**
   * Reads on at `at` to the end of the next fixed header, of the packet, or of the chunk.
   * @returns where it stopped; -1 when a length is longer than four bytes.
   */
  step(chunk: Uint8Array, at: number): number {
    this.atBody = false;
    if (this.bodyLeft === 0) return this.header(chunk, at);
    const taken = Math.min(this.bodyLeft, chunk.length - at);
    this.bodyLeft -= taken;
    return at + taken;
  }

  private header(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (!this.inHeader) {
        this.begin(byte);
        continue;
      }
      this.length += (byte & 0x7f) * 128 ** this.lengthBytes;
      this.lengthBytes += 1;
      if (byte < 0x80) {
        this.end();
        return at + 1;
      }
      if (this.lengthBytes === longestLength) return -1;
    }
    return chunk.length;
  }

  private begin(firstByte: number): void {
    this.inHeader = true;
    this.type = firstByte >> 4;
    this.flags = firstByte & 0x0f;
    this.length = 0;
    this.lengthBytes = 0;
  }

  private end(): void {
    this.inHeader = false;
    this.atBody = true;
    this.bodyLeft = this.length;
  }
}
