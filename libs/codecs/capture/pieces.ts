// Bytes that arrive in pieces and are taken in wholes.

/** Keeps what is not taken yet. */
export class Pieces {
  private bytes: Uint8Array = new Uint8Array();

  push(piece: Uint8Array): void {
    if (this.bytes.length === 0) {
      this.bytes = piece;
      return;
    }
    const joined = new Uint8Array(this.bytes.length + piece.length);
    joined.set(this.bytes);
    joined.set(piece, this.bytes.length);
    this.bytes = joined;
  }

  get length(): number {
    return this.bytes.length;
  }

  /** The first bytes, which stay; undefined when there are not so many yet. */
  peek(length: number): Uint8Array | undefined {
    return this.bytes.length < length ? undefined : this.bytes.subarray(0, length);
  }

  /** Takes the first bytes; undefined when there are not so many yet. */
  take(length: number): Uint8Array | undefined {
    const taken = this.peek(length);
    if (taken) this.bytes = this.bytes.subarray(length);
    return taken;
  }
}
